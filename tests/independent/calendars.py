"""Five independent readers find the same in every kind of calendar file that convoca writes."""

import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "readers"))

import read_icalendar
import read_vobject

from support import folder
from support.calendars import STRANGE, every_kind, hostile

here = pathlib.Path(__file__).parent / "readers"
base = folder()


def by_node(script):
    def read(paths):
        environment = {**os.environ, "NODE_PATH": os.environ.get("NODE_PATH", str(pathlib.Path(sys.prefix) / "node/node_modules"))}
        told = subprocess.run(["node", here / script], input="\n".join(paths), env=environment, capture_output=True, text=True)
        assert told.returncode == 0, told.stderr
        return [json.loads(line) for line in told.stdout.splitlines()]

    return read


def by_libical(paths):
    program = base / "read_libical"
    subprocess.run(["cc", "-O1", "-Wall", "-o", program, here / "read_libical.c", "-lical"], check=True)
    told = subprocess.run([program, *paths], capture_output=True, text=True)
    assert told.returncode == 0, told.stderr
    files = []
    for line in told.stdout.splitlines():
        name, _, value = line.partition(" ")
        if name == "file":
            files.append(target := {"events": []})
        elif name == "event":
            files[-1]["events"].append(target := {"categories": [], "organizer": {}, "attendees": [], "attached": []})
            event = target
        elif name == "attendee":
            event["attendees"].append(target := {})
        else:
            text = bytes.fromhex(value).decode("utf-8")
            if name == "alarms":
                event["alarms"] = int(text)
            elif name == "category":
                event["categories"].append(text)
            elif name == "attached":
                event["attached"].append(text)
            elif name.startswith("organizer."):
                event["organizer"][name.removeprefix("organizer.")] = text
            else:
                target[name] = int(text) if name == "sequence" else text
    return files


def by_python(read):
    return lambda paths: [read(pathlib.Path(path).read_bytes()) for path in paths]


READERS = {
    "icalendar (Python)": by_python(read_icalendar.read),
    "vobject (Python)": by_python(read_vobject.read),
    "ical.js": by_node("read_icaljs.cjs"),
    "node-ical": by_node("read_node_ical.cjs"),
    "libical": by_libical,
}


# Faults of the readers themselves, with what they cannot be asked about.
FAULTS = {("node-ical", "hostile 3"): "takes a backslash before an n for a line end, whatever stands before it"}


def differences(meant, found, place):
    """Where two readings differ; a reader that does not tell something is not asked for it."""
    if isinstance(meant, dict):
        return [each for key in meant if key in found for each in differences(meant[key], found[key], f"{place}.{key}")]
    if isinstance(meant, list) and len(meant) == len(found):
        return [each for index, pair in enumerate(zip(meant, found)) for each in differences(*pair, f"{place}[{index}]")]
    return [] if meant == found else [f"{place}: {meant!r} / {found!r}"]


kinds = {**every_kind(), **hostile()}
paths = []
for index, (name, octets) in enumerate(kinds.items()):
    paths.append(str(base / f"{index}.ics"))
    pathlib.Path(paths[-1]).write_bytes(octets)

readings = {reader: read(paths) for reader, read in READERS.items()}
first, *others = readings
compared = 0
for reader in others:
    for name, meant, found in zip(kinds, readings[first], readings[reader], strict=True):
        if (reader, name.split("/")[0]) in FAULTS:
            continue
        assert meant["events"] and len(meant["events"]) == len(found["events"]), (reader, name)
        different = differences(meant, found, name)
        assert not different, f"{first} / {reader}:\n" + "\n".join(different[:5])
        compared += 1
for name, octets in kinds.items():
    lines = octets.split(b"\r\n")
    assert lines.pop() == b"" and not any(b"\r" in line or b"\n" in line or len(line) > 75 for line in lines), name

asked = 0
for name, file in zip(kinds, readings[first], strict=True):
    for event in file["events"]:
        if name.startswith("hostile") and event["uid"].startswith("global"):
            meant = STRANGE[int(name.split("/")[0].split()[1])].strip()
            assert event["location"] == meant and event["summary"].endswith(meant) and meant in event["description"], (name, event)
            assert len(event["attendees"]) == ("request" in name) and not event["url"], name
            asked += 1
assert asked >= 8 * len(STRANGE), asked

web = [file for name, file in zip(kinds, readings[first]) if name.startswith("web/public")]
feeds = [file for file in web if file["source"]]
assert len(web) == 8 and len(feeds) == 2 and feeds[1]["source"].startswith("https://example.org/mirps/e"), [file["source"] for file in web]
for event in (event for file in web for event in file["events"]):
    assert event["url"].startswith("https://example.org/mirps/e") and event["contact"], event
    assert event["shown"] == event["html"] and event["html"].startswith("<!DOCTYPE html>"), event
    is_open = event["uid"].startswith("cities")
    assert (event["call"], event["attached"]) == (("https://example.org/call?a=1&b=2", ["https://example.org/a,b.pdf"]) if is_open else ("", [])), event

events = sum(len(file["events"]) for file in readings[first])
assert compared == len(others) * len(kinds) - sum(name.split("/")[0] == fault for _, fault in FAULTS for name in kinds)
print(f"{len(READERS)} readers agree on {len(kinds)} calendars with {events} events")
