"""The life of invitations through a real mail server: sent, changed, cancelled, answered, counted.

The mails go by SMTP (aiosmtpd) into a Maildir for each recipient. They are read by Python's own mail
package, and answered with another calendar library (icalendar), as the program of a participant does.
"""

import email
import email.policy
import json
import re
import smtplib
import urllib.parse
from datetime import datetime, timezone
from email.message import EmailMessage

import icalendar
import jsonschema

from support import ADDRESSES, Programme, convoca, run
from support.post import Post

ORGANIZER = "secretaria@example.org"


def invitation(mail, recipient):
    """The calendar of a mail, once the mail has the form that programs ask for."""
    message = email.message_from_bytes(mail, policy=email.policy.default)
    assert not message.defects and [address.addr_spec for address in message["To"].addresses] == [recipient], message["To"]
    assert message.get_content_type() == "multipart/mixed"
    alternative, attachment = message.iter_parts()
    assert [part.get_content_type() for part in alternative.iter_parts()] == ["text/plain", "text/html", "text/calendar"]
    inline = list(alternative.iter_parts())[-1]
    octets = inline.get_payload(decode=True)
    assert attachment.get_payload(decode=True) == octets, "the attachment is the same, byte for byte"
    calendar = icalendar.Calendar.from_ical(octets)
    event, = calendar.walk("VEVENT")
    assert inline.get_param("method") == str(calendar["METHOD"])
    assert inline.get_param("charset").lower() == "utf-8"
    assert str(event["ORGANIZER"]) == f"mailto:{message['From'].addresses[0].addr_spec}" == f"mailto:{ORGANIZER}"
    assert str(event["ATTENDEE"]) == f"mailto:{recipient}"
    return calendar


def arrived(post):
    """The calendars that came for everybody: by address and UID."""
    calendars = {}
    for address in ADDRESSES.values():
        for mail in post.take(address):
            calendar = invitation(mail, address)
            event, = calendar.walk("VEVENT")
            key = address, str(event["UID"]).split("@")[0]
            assert key not in calendars, f"two mails about the same: {key}"
            calendars[key] = calendar
    return calendars


def told(calendars):
    return {key: (str(calendar["METHOD"]), int(calendar.walk("VEVENT")[0]["SEQUENCE"])) for key, calendar in calendars.items()}


def answer(post, calendar, status, minute, sender=None, method="REPLY", start=None, replies_to=None):
    """Answers as a participant's program does (RFC 5546 §3.2.3, RFC 6047)."""
    asked, = calendar.walk("VEVENT")
    reply, event = icalendar.Calendar(), icalendar.Event()
    reply.add("prodid", "-//Another program//EN")
    reply.add("version", "2.0")
    reply.add("method", method)
    event.add("uid", asked["UID"])
    event.add("sequence", asked["SEQUENCE"])
    event.add("dtstamp", datetime(2022, 10, 11, 12, minute, tzinfo=timezone.utc))
    event.add("organizer", asked["ORGANIZER"])
    event.add("dtstart", start or asked["DTSTART"].dt)
    attendee = icalendar.vCalAddress(asked["ATTENDEE"].replace("mailto:", "MAILTO:"))
    attendee.params["PARTSTAT"] = status
    event.add("attendee", attendee, encode=0)
    event.add("comment", "Con mucho gusto, «ahí estaremos»: ñandú ☕ " + "y saludos " * 12)
    reply.add_component(event)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender or str(asked["ATTENDEE"]).removeprefix("mailto:"), ORGANIZER, "Respuesta"
    if replies_to:
        mail["In-Reply-To"] = replies_to
    mail.set_content("Respuesta a la invitación.")
    mail.add_alternative(reply.to_ical().decode(), subtype="calendar", params={"method": method})
    with smtplib.SMTP("127.0.0.1", post.port) as server:
        server.send_message(mail)


def by_link(post, octets, word, sender):
    """Answers as a telephone does: the link of the mail opens another that is already written, and only has to be sent."""
    message = email.message_from_bytes(octets, policy=email.policy.default)
    page, plain = (message.get_body((kind,)).get_content() for kind in ("html", "plain"))
    links = {urllib.parse.unquote(link).split("?subject=")[1].split(" [")[0]: link for link in re.findall(r'href="(mailto:[^"]*\?[^"]*)"', page)}
    assert set(links) == {"acepto", "no asistiré", "propongo otra hora&body=Propongo: "} or word in links, links
    link = next(link for said, link in links.items() if said.startswith(word))
    assert link.replace("&amp;", "&") in plain.replace("\n", ""), "whole in the plain text too"
    to, query = link.removeprefix("mailto:").split("?")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Date"] = sender, to, "Tue, 11 Oct 2022 12:00:00 +0000"
    mail["Subject"] = urllib.parse.parse_qs(query.replace("&amp;", "&"))["subject"][0]
    mail.set_content("")
    with smtplib.SMTP("127.0.0.1", post.port) as server:
        server.send_message(mail)


def bounced(post, to, message_id):
    """What a server reports that could not deliver a mail (RFC 3464)."""
    report = (
        f"From: MAILER-DAEMON@example.org\r\nTo: {ORGANIZER}\r\nSubject: Undelivered Mail Returned to Sender\r\n"
        "Date: Tue, 11 Oct 2022 13:00:00 +0000\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
        "It was not delivered.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n"
        f"Final-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such user\r\n\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\nTo: {to}\r\n\r\n--b--\r\n"
    )
    with smtplib.SMTP("127.0.0.1", post.port) as server:
        server.sendmail("", ORGANIZER, report)


def life():
    """One session as people live it, from its invitation to its cancellation."""
    addresses = {**ADDRESSES, "esquipulas": "esquipulas@example.org"}
    upala, choloma, tegucigalpa, panama, esquipulas = addresses.values()
    programme, one = Programme(addresses), ["--session", "1"]
    with Post() as post:
        mailbox = post.base / ORGANIZER

        def come():
            """The mails that came, by address, with their calendars."""
            came = {to: mail for to in addresses.values() for mail in post.take(to)}
            return came, {to: invitation(mail, to) for to, mail in came.items()}

        def read():
            return programme.convoca("replies", mailbox)

        post.send(programme, *one)
        mails, invited = come()
        assert set(mails) == set(addresses.values())
        identity = {to: email.message_from_bytes(mail)["Message-ID"] for to, mail in mails.items()}

        # One accepts on a telephone, from an address that nobody knows; one from another address of theirs.
        by_link(post, mails[upala], "acepto", "telefono@example.net")
        assert "accepts" in read() and programme.answers()["upala"] == "accepted"
        answer(post, invited[choloma], "ACCEPTED", 2, sender="alias@example.org", replies_to=identity[choloma])
        offered = read()
        assert "seems to accept" in offered and "`convoca replies --also choloma alias@example.org`" in offered, offered
        programme.convoca("replies", "--also", "choloma", "alias@example.org")
        read()
        assert programme.answers()["choloma"] == "accepted", programme.answers()

        # Two propose other times. One is turned down, with words, once; the other is taken.
        answer(post, invited[tegucigalpa], "TENTATIVE", 3, method="COUNTER", start=datetime(2022, 10, 25, 17, 0, tzinfo=timezone.utc))
        answer(post, invited[panama], "TENTATIVE", 4, method="COUNTER", start=datetime(2022, 10, 20, 16, 0, tzinfo=timezone.utc))
        read()
        proposals = programme.convoca("proposals", "1")
        assert "Tuesday 25 October 2022, 11:00" in proposals and '--to "2022-10-20 10:00" --write' in proposals, proposals
        programme.convoca("replies", "--turns-down", "tegucigalpa", *one, "--comment", "Ese día hay asamblea")
        post.send(programme, *one)
        mails, told = come()
        assert set(told) == {tegucigalpa} and str(told[tegucigalpa]["METHOD"]) == "DECLINECOUNTER", told
        event, = told[tegucigalpa].walk("VEVENT")
        asked, = invited[tegucigalpa].walk("VEVENT")
        assert event["UID"] == asked["UID"] and event["SEQUENCE"] == 0 and "Ese día hay asamblea" in str(event["COMMENT"])
        assert "nothing to send" in programme.convoca("invite", "plan", *one), "once"
        programme.convoca("move", "1", "--to", "2022-10-20 10:00", "--write")
        post.send(programme, *one)
        mails, moved = come()
        assert {int(calendar.walk("VEVENT")[0]["SEQUENCE"]) for calendar in moved.values()} == {1} and len(moved) == 5
        assert "it is the time they proposed" in programme.convoca("attendance", "1")

        # Who moderates and speaks declines: the programme says which seats are empty.
        answer(post, moved[esquipulas], "DECLINED", 10)
        read()
        found = run("--programme", programme.path, "--lang", "en", "check", "--all").stdout
        assert "warning[empty-seat]" in found and "moderator of the session" in found and found.count("[empty-seat]") == 1, found
        assert "empty seat: moderator of the session" in programme.convoca("attendance", "1")

        # One mail came back: that is known, and no reminder goes there.
        bounced(post, choloma, email.message_from_bytes(mails[choloma])["Message-ID"])
        assert "did not reach choloma@example.org" in read()
        assert "not delivered" in programme.convoca("attendance", "1")
        reminded = json.loads(programme.convoca("invite", "plan", "--remind", "--format", "json", *one, today="2022-10-14"))
        actions = {who["who"]: who["action"] for who in reminded["sessions"][0]["recipients"]}
        assert actions["choloma"] == "unchanged" and actions["upala"] == "remind", actions

        # It is cancelled, with why and to which day.
        programme.change("1-global-initiatives.toml", '^status = "[a-z]*"', 'reason = { es = "Por la tormenta", en = "For the storm" }\npostponed-to = 2022-11-03\nstatus = "cancelled"')
        post.send(programme, *one, today="2022-10-15")
        mails, cancelled = come()
        assert {str(calendar["METHOD"]) for calendar in cancelled.values()} == {"CANCEL"} and len(cancelled) == 5
        plain = email.message_from_bytes(mails[upala], policy=email.policy.default).get_body(("plain",)).get_content()
        assert "Por la tormenta" in plain and "jueves 3 de noviembre de 2022" in plain, plain
        assert "nothing to send" in programme.convoca("invite", "plan", *one)
    print("one session lived: link, alias, two proposals, an empty seat, a bounce, and an end with its reason")


def main():
    life()
    programme = Programme()
    upala, choloma, tegucigalpa, panama = ADDRESSES.values()
    sessions = ["global-initiatives", "cities-of-solidarity", "roles-of-organizations"]
    with Post() as post:
        # Everybody is invited; then nothing is left to send.
        post.send(programme)
        invited = arrived(post)
        assert told(invited) == {(to, session): ("REQUEST", 0) for to in ADDRESSES.values() for session in sessions}
        assert "nothing to send" in programme.convoca("invite", "plan")

        # Session 1 is moved: exactly its invitations are sent again.
        programme.change("1-global-initiatives.toml", "^date = 2022-10-27$", "date = 2022-10-20")
        post.send(programme)
        moved = arrived(post)
        assert told(moved) == {(to, sessions[0]): ("REQUEST", 1) for to in ADDRESSES.values()}, told(moved)
        for key, calendar in moved.items():
            before, after = invited[key].walk("VEVENT")[0], calendar.walk("VEVENT")[0]
            assert before["UID"] == after["UID"] and before["DTSTAMP"].dt < after["DTSTAMP"].dt
            assert (before["DTSTART"].dt - after["DTSTART"].dt).days == 7
        assert "nothing to send" in programme.convoca("invite", "plan")

        # Session 3 is cancelled, and one person is taken off the list.
        programme.change("3-roles-of-organizations.toml", '^status = "[a-z]*"', 'status = "cancelled"')
        programme.take_off("tegucigalpa")
        post.send(programme)
        cancelled = told(arrived(post))
        assert {key: method for key, (method, _) in cancelled.items()} == {
            **{(to, sessions[2]): "CANCEL" for to in ADDRESSES.values()},
            (tegucigalpa, sessions[0]): "CANCEL", (tegucigalpa, sessions[1]): "CANCEL",
        }, cancelled
        assert cancelled[tegucigalpa, sessions[0]] == ("CANCEL", 2)
        assert "nothing to send" in programme.convoca("invite", "plan")

        # Answers: two that count, then one of them again; and four that do not.
        first = sessions[0]
        answer(post, moved[upala, first], "DECLINED", 1)
        answer(post, moved[upala, first], "ACCEPTED", 2)
        answer(post, moved[panama, first], "TENTATIVE", 3, method="COUNTER", start=datetime(2022, 10, 21, 17, 0, tzinfo=timezone.utc))
        answer(post, invited[choloma, first], "ACCEPTED", 4)
        answer(post, moved[choloma, first], "ACCEPTED", 5, sender="beto@example.org")
        answer(post, moved[tegucigalpa, first], "ACCEPTED", 6)
        mailbox = post.base / ORGANIZER
        read = programme.convoca("replies", mailbox)
        assert "6 messages read: 3 answers recorded, 0 known already, 3 not recorded" in read, read
        for reason in ["the time changed with version 1", "came from beto@example.org", "was cancelled since"]:
            assert reason in read, read
        assert "«Con mucho gusto, «ahí estaremos»: ñandú ☕ y saludos" in read, read
        assert "proposes another time: Friday 21 October 2022, 11:00" in read, read
        assert programme.answers() == {"upala": "accepted", "choloma": "no-answer", "panama-city": "counter"}, programme.answers()
        again = programme.convoca("replies", mailbox)
        assert "6 messages read: 0 answers recorded, 3 known already, 3 not recorded" in again, again
        for name, *command in [("replies", "replies", mailbox, "--dry-run"), ("attendance", "attendance")]:
            schema, told_so = json.loads(convoca("schema", name)), json.loads(programme.convoca(*command, "--format", "json"))
            jsonschema.Draft202012Validator(schema).validate(told_so)
        ledger = (programme.path / "invitations.jsonl").read_text(encoding="utf-8")
        assert ledger.count('"kind":"reply"') == 3

        # Only who has not answered is reminded.
        assert "nothing to send" in programme.convoca("invite", "plan", "--remind"), "the last mail is not three days old"
        post.send(programme, "--remind", "--session", "1", today="2022-10-14")
        assert set(arrived(post)) == {(choloma, first)}
    print("23 mails went out and 6 answers came back; each was told for what it is")


main()
