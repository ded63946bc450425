"""Python's icalendar."""

from datetime import timezone
from urllib.parse import unquote

import icalendar
from escaped import text


def instant(value):
    return value.dt.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def mail(address):
    return str(address).removeprefix("mailto:")


def person(address):
    return {key: str(address.params.get(name, "")) for key, name in
            [("cn", "CN"), ("role", "ROLE"), ("status", "PARTSTAT"), ("kind", "CUTYPE"), ("rsvp", "RSVP")]} | {"mail": mail(address)}


def several(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def read(octets):
    calendar = icalendar.Calendar.from_ical(octets)
    events = []
    for event in calendar.walk("VEVENT"):
        organizer = event["ORGANIZER"]
        events.append({
            "uid": str(event["UID"]), "sequence": int(event["SEQUENCE"]), "stamp": instant(event["DTSTAMP"]),
            "start": instant(event["DTSTART"]), "end": instant(event["DTEND"]),
            "summary": str(event["SUMMARY"]), "description": str(event["DESCRIPTION"]), "html": text(str(event.get("X-ALT-DESC", ""))),
            "location": str(event.get("LOCATION", "")), "status": str(event["STATUS"]), "transparency": str(event["TRANSP"]),
            "url": str(event.get("URL", "")),
            "categories": [str(each) for each in event["CATEGORIES"].cats],
            "organizer": {"cn": str(organizer.params["CN"]), "mail": mail(organizer)},
            "attendees": [person(each) for each in several(event.get("ATTENDEE"))],
            "alarms": len(event.walk("VALARM")),
            "contact": str(event.get("CONTACT", "")), "attached": [str(each) for each in several(event.get("ATTACH"))],
            "call": str(event.get("CONFERENCE", "")),
            "shown": unquote(str(event["DESCRIPTION"].params.get("ALTREP", "")).removeprefix("data:text/html,")),
        })
    return {"method": str(calendar["METHOD"]), "source": str(calendar.get("SOURCE", "")), "name": text(str(calendar.get("X-WR-CALNAME", ""))), "events": events}
