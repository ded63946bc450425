"""A CalDAV server (radicale, on loopback) stores the calendars of convoca and gives them back unchanged."""

import http.client
import subprocess
import sys
import time
import xml.etree.ElementTree as xml

import icalendar

from support import folder, free_port
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
finally:
    server.terminate()
    server.wait()
