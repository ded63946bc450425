"""Python's vobject."""

from datetime import timezone
from urllib.parse import unquote

import vobject


def read(octets):
    calendar = vobject.readOne(octets.decode("utf-8"))

    def value(part, name):
        return getattr(part, name).value if hasattr(part, name) else ""

    def instant(part, name):
        return value(part, name).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")

    def person(address):
        one = lambda name: (address.params.get(name) or [""])[0]
        return {"cn": one("CN"), "role": one("ROLE"), "status": one("PARTSTAT"), "kind": one("CUTYPE"), "rsvp": one("RSVP"),
                "mail": address.value.removeprefix("mailto:")}

    events = []
    for event in calendar.contents["vevent"]:
        events.append({
            "uid": value(event, "uid"), "sequence": int(value(event, "sequence")), "stamp": instant(event, "dtstamp"),
            "start": instant(event, "dtstart"), "end": instant(event, "dtend"), "summary": value(event, "summary"),
            "description": value(event, "description"), "html": value(event, "x_alt_desc"),
            "location": value(event, "location"), "status": value(event, "status"), "transparency": value(event, "transp"),
            "url": value(event, "url"), "categories": value(event, "categories"),
            "organizer": {"cn": event.organizer.params["CN"][0], "mail": event.organizer.value.removeprefix("mailto:")},
            "attendees": [person(each) for each in event.contents.get("attendee", [])],
            "alarms": len(event.contents.get("valarm", [])),
            "contact": value(event, "contact"), "attached": [each.value for each in event.contents.get("attach", [])],
            "call": value(event, "conference"),
            "shown": unquote((event.description.params.get("ALTREP") or [""])[0].removeprefix("data:text/html,")),
        })
    return {"method": value(calendar, "method"), "source": value(calendar, "source"), "name": value(calendar, "x_wr_calname"), "events": events}
