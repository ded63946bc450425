"""A CalDAV server (radicale, on loopback) stores the calendars of convoca and gives them back unchanged, and `convoca
publish` keeps one there."""

import http.client
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

import icalendar

from support import PROGRAM, Programme, folder, free_port
from support.calendars import every_kind

base, port = folder(), free_port()
MAKE = """<?xml version="1.0" encoding="utf-8"?>
<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
<resourcetype><collection/><C:calendar/></resourcetype></prop></set></mkcol>"""
ASK = """<?xml version="1.0" encoding="utf-8"?>
<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><C:calendar-data/></prop>
<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">
<C:time-range start="20221027T160000Z" end="20221027T160100Z"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>"""


def ask(method, path, body=b"", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body if isinstance(body, bytes) else body.encode(), headers={
        "Content-Type": "text/calendar; charset=utf-8" if method == "PUT" else "application/xml; charset=utf-8", **headers})
    answer = connection.getresponse()
    return answer.status, answer.read()


def without_method(octets):
    """As a program stores what it was given: no METHOD (RFC 4791 §4.1)."""
    return b"\r\n".join(line for line in octets.split(b"\r\n") if not line.startswith(b"METHOD:"))


def meaning(octets):
    """All properties of all events with their parameters, and the offsets of the zones, whatever the order
    and folding. (radicale tells the zones of a whole collection in its own words.)"""
    calendar = icalendar.Calendar.from_ical(octets)
    events = [[(name, sorted(getattr(value, "params", {}).items(), key=str), value.to_ical()) for name, value in event.property_items() if hasattr(value, "to_ical")]
              for event in calendar.walk("VEVENT")]
    zones = [(str(zone["TZID"]), {part[name].to_ical() for part in zone.subcomponents for name in ("TZOFFSETFROM", "TZOFFSETTO")})
             for zone in calendar.walk("VTIMEZONE")]
    return sorted(map(sorted, events)), sorted(zones, key=str)


def check():
    stored = 0
    for index, (name, octets) in enumerate(every_kind().items()):
        collection = f"/grupo/{index}/"
        status, said = ask("MKCOL", collection, MAKE)
        assert status == 201, (name, status, said)
        calendar = icalendar.Calendar.from_ical(octets)
        # A feed is a whole collection, anything else an event in one.
        path = collection if len(calendar.walk("VEVENT")) > 1 else f"{collection}event.ics"
        status, said = ask("PUT", path, without_method(octets))
        assert status in (201, 204), (name, status, said)
        status, back = ask("GET", path)
        assert status == 200, (name, status)
        assert meaning(back) == meaning(octets), name
        stored += 1
        if name.endswith("request.ics") and name.startswith("invitations/global"):
            status, found = ask("REPORT", collection, ASK, Depth="1")
            assert status == 207 and len(xml.fromstring(found).findall("{DAV:}response")) == 1, (name, found)
    print(f"radicale gave back {stored} calendars unchanged, and finds them by their hour")


def in_it(collection):
    """The events of a calendar by the first word of their UID."""
    status, back = ask("GET", collection)
    assert status == 200, status
    return {str(event["UID"]).split(".")[0]: event for event in icalendar.Calendar.from_ical(back).walk("VEVENT")}


def publish():
    """The life of a published calendar: put, left alone, moved, changed by somebody else, cancelled."""
    status, said = ask("MKCOL", "/grupo/publicado/", MAKE)
    assert status == 201, (status, said)
    url, programme = f"http://127.0.0.1:{port}/grupo/publicado/", Programme(addresses={})
    told = programme.convoca("publish", "--caldav", url)
    assert "3 put or changed" in told, told
    events = in_it("/grupo/publicado/")
    assert len(events) == 3 and all(event["SEQUENCE"] == 0 and "ORGANIZER" not in event for event in events.values())
    assert "3 as they were" in programme.convoca("publish", "--caldav", url)
    programme.change("2-cities-of-solidarity.toml", "^date = 2022-10-28$", "date = 2022-10-21")
    programme.change("3-roles-of-organizations.toml", '^status = "[a-z]*"', 'status = "cancelled"')
    told = programme.convoca("publish", "--caldav", url)
    assert "2 put or changed" in told and "1 as they were" in told, told
    events = in_it("/grupo/publicado/")
    assert (events["cities-of-solidarity"]["SEQUENCE"], events["roles-of-organizations"]["STATUS"]) == (1, "CANCELLED")
    # Somebody writes into it, and so does the programme.
    path = "/grupo/publicado/global-initiatives.published%40mirps-local-governance.example.org.ics"
    status, there = ask("GET", path)
    assert status == 200 and ask("PUT", path, there.replace(b"Sesi\xc3\xb3n 1", b"Reuni\xc3\xb3n 1"))[0] in (201, 204)
    programme.change("1-global-initiatives.toml", "^date = 2022-10-27$", "date = 2022-10-20")
    ran = subprocess.run([PROGRAM, "--programme", programme.path, "--lang", "en", "--today", "2022-10-11", "publish", "--caldav", url], capture_output=True, text=True)
    assert ran.returncode == 1 and "somebody changed it on the server" in ran.stdout, ran
    assert "Reuni\u00f3n 1" in in_it("/grupo/publicado/")["global-initiatives"]["SUMMARY"]
    told = programme.convoca("publish", "--caldav", url, "--overwrite", "1")
    assert "1 put or changed" in told and "Sesi\u00f3n 1" in in_it("/grupo/publicado/")["global-initiatives"]["SUMMARY"], told
    # A calendar that is none.
    ran = subprocess.run([PROGRAM, "--programme", programme.path, "--lang", "en", "publish", "--caldav", f"http://127.0.0.1:{port}/grupo/nada/"], capture_output=True, text=True)
    assert ran.returncode == 2 and "there is no calendar at this address" in ran.stderr, ran
    print("radicale keeps the published calendar: put, moved, cancelled, and what somebody changed is left")


server = subprocess.Popen([
    sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none", "--rights-type", "authenticated",
    "--storage-filesystem-folder", base, "--logging-level", "error",
], stderr=subprocess.DEVNULL)
try:
    for _ in range(100):
        try:
            if ask("GET", "/.web/")[0]:
                break
        except OSError:
            time.sleep(0.1)
    ask("MKCOL", "/grupo/")
    check()
    publish()
finally:
    server.terminate()
    server.wait()
