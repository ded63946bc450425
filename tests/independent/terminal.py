"""On a real terminal (pexpect): `convoca invite send` with the plan, the question, the bar and Ctrl-C; and `convoca
replies`, which asks about what a mail only seems to say."""

import collections
import email
import json
import os
import re
import signal
import time

import pexpect

from support import ADDRESSES, PROGRAM, ROOT, Programme
from support.post import Post

MAILS = 12


def terminal(programme, post, lang, per_minute="60000"):
    sending = ["invite", "send", "--server", f"127.0.0.1:{post.port}", "--tls", "none", "--per-minute", per_minute]
    return spawned(programme, lang, sending)


def spawned(programme, lang, command):
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "es_GT.UTF-8"}
    arguments = ["--today", "2022-10-10", "--programme", str(programme.path), "--lang", lang, *command]
    child = pexpect.spawn(
        str(PROGRAM), arguments, cwd=ROOT, env=environment, timeout=30, dimensions=(50, 120), encoding="utf-8",
        # Whoever runs the tests in the background has Ctrl-C ignored, and would hand that down.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    child.delaybeforesend = 0.2
    return child


def ended(child):
    child.expect(pexpect.EOF)
    child.close()
    return child.before


def ledger(programme):
    path = programme.path / "invitations.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    # What the links of all mails are made from is no line of a mail.
    kinds = (json.loads(line)["kind"] for line in lines)
    return [kind for kind in kinds if kind != "links"]


def arrived(post):
    """The mails by recipient and identity, as they came; the server notes the port in each."""
    mails = collections.defaultdict(list)
    for address in ADDRESSES.values():
        for mail in post.take(address):
            mails[address, email.message_from_bytes(mail)["Message-ID"]].append(re.sub(rb"X-Peer: .*\n", b"", mail))
    return mails


def only_yes_sends():
    for lang, question, answers in [
        ("en", "Send 12 mails\\? Write yes: ", ["no", "", "y", "yes please", "\x04"]),
        ("es", "¿Enviar 12 correos\\? Escriba sí: ", ["no", "n", "sí, pero mañana", "\x04"]),
    ]:
        programme = Programme()
        with Post() as post:
            for answer in answers:
                child = terminal(programme, post, lang)
                child.expect("Upala")
                child.expect(question)
                child.send(answer if answer == "\x04" else answer + "\r")
                said = ended(child)
                assert ("nothing was sent" if lang == "en" else "no se envió nada") in said, said
                assert child.exitstatus == 0 and ledger(programme) == [] and not arrived(post), (answer, said)


def yes_sends_all():
    for lang, answer, told in [("en", "yes", "12 of 12 mails sent"), ("es", "sí", "12 de 12 correos enviados"), ("es", " SI ", "12 de 12")]:
        programme = Programme()
        with Post(slowness=0.2) as post:
            child = terminal(programme, post, lang)
            child.expect(r"\? ")
            child.expect("(yes|sí): ")
            child.send(answer + "\r")
            for done in (" 0/12", " 1/12", " 6/12", " 11/12"):
                child.expect_exact(done)
            said = ended(child)
            # The bar is wiped away; what stays is what was done.
            left = said.split("\x1b[2K")[-1]
            assert told in left and "/12" not in left, repr(said)
            assert child.exitstatus == 0 and ledger(programme) == ["sending", "sent"] * MAILS
            assert len(arrived(post)) == MAILS


def interrupted_goes_on(per_minute, slowness):
    """Ctrl-C while the server has a mail and has not said so (it is in doubt then), or between two mails."""
    programme = Programme()
    with Post(slowness=slowness) as post:
        child = terminal(programme, post, "en", per_minute)
        child.expect("Write yes: ")
        child.send("yes\r")
        child.expect_exact(" 3/12")
        time.sleep(0.3)
        child.sendintr()
        ended(child)
        before = ledger(programme)
        doubtful = before[-1] == "sending"
        assert child.exitstatus != 0 and before.count("sent") == 3 and doubtful == (slowness > 0), (child.exitstatus, before)
    with Post() as rest:
        child = terminal(programme, rest, "en")
        child.expect("Write yes: ")
        child.send("yes\r")
        said = ended(child)
        assert "9 of 9 mails sent" in said and child.exitstatus == 0, said
        first, second = arrived(post), arrived(rest)
        assert len(second) == 9 and len(first.keys() | second.keys()) == MAILS, "nothing is lost"
        twice = first.keys() & second.keys()
        assert len(twice) == doubtful, "nothing goes twice but what was in doubt"
        assert all(first[key] == second[key] for key in twice), "as it was"


def what_is_uncertain_is_asked():
    """Two answer in words alone: one is entered as it seems, one as whoever reads it says; a third is left alone."""
    programme = Programme().was_sent()
    mails = {"upala": "Buenos días: sí, asistiremos con gusto.", "choloma": "Acepto", "tegucigalpa": "No podremos asistir."}
    for number, (who, words) in enumerate(mails.items()):
        head = f"From: {ADDRESSES[who]}\r\nTo: secretaria@example.org\r\nSubject: Re: Invitación\r\nDate: Mon, 10 Oct 2022 10:0{number}:00 +0000\r\n"
        mail = f"{head}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{words}\r\n"
        (programme.path / f"{number}.eml").write_bytes(mail.encode())
    child = spawned(programme, "es", ["replies", *(str(programme.path / f"{number}.eml") for number in range(3))])
    for question, typed in [
        (r"parece aceptar. ¿Se anota\? sí / no / corregir: ", "sí"),
        (r"parece aceptar. ¿Se anota\? sí / no / corregir: ", "corregir"),
        (r"¿Qué responde\? acepta / no asistirá / tal vez, o nada: ", "tal vez"),
        (r"parece que no asistirá. ¿Se anota\? sí / no / corregir: ", "no"),
    ]:
        child.expect(question)
        child.send(typed + "\r")
    said = ended(child)
    assert said.count("anotado: ") == 2 and child.exitstatus == 0, said
    expected = {"upala": "accepted", "choloma": "tentative", "tegucigalpa": "no-answer", "panama-city": "no-answer"}
    assert programme.answers() == expected, programme.answers()
    # Read again, what was entered is asked no more; and where nobody sits, nobody is asked.
    again = programme.convoca("replies", *(programme.path / f"{number}.eml" for number in range(3)))
    assert "Enter it?" not in again, again


def main():
    what_is_uncertain_is_asked()
    only_yes_sends()
    yes_sends_all()
    interrupted_goes_on("60", slowness=0)
    interrupted_goes_on("60000", slowness=1.5)
    print("asked, answered and interrupted: only what was in doubt came twice, as it was")


main()
