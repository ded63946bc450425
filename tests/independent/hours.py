"""The hours that convoca writes into programme.json are those of Python's zoneinfo with the same IANA release."""

import importlib.resources
import json
import os
import pathlib
import sys
import zoneinfo
from datetime import datetime

zoneinfo.reset_tzpath(to=[])  # the rules of the tzdata package, never those of the machine

out = pathlib.Path(sys.argv[2])
programme = json.loads((out / "public" / "programme.json").read_text(encoding="utf-8"))
release = importlib.resources.files("tzdata").joinpath("zoneinfo/tzdata.zi").read_text().splitlines()[0].split()[-1]
assert programme["zoneRules"] == release, f"convoca carries {programme['zoneRules']}, the tzdata package {release}"

zones = {country["code"]: country["timeZone"] for country in programme["group"]["countries"]}
checked = 0
for session in programme["sessions"]:
    start, end = (datetime.fromisoformat(session[key]) for key in ("start", "end"))
    assert {local["country"] for local in session["local"]} == set(zones), session["id"]
    own = start.astimezone(zoneinfo.ZoneInfo(session["timeZone"]))
    assert own.date().isoformat() == session["date"], session["id"]
    for local in session["local"]:
        zone = zoneinfo.ZoneInfo(zones[local["country"]])
        for key, instant in (("start", start), ("end", end)):
            expected = instant.astimezone(zone)
            told = local[key]
            assert expected.replace(tzinfo=None).isoformat() == told, (session["id"], local, expected)
        offset = start.astimezone(zone).utcoffset().total_seconds() / 60
        assert offset == local["utcOffset"], (session["id"], local, offset)
        checked += 1
    slots = [(slot["start"], slot["end"], slot["minutes"]) for slot in session["slots"]]
    for begins, ends, minutes in slots:
        length = datetime.fromisoformat(ends) - datetime.fromisoformat(begins)
        assert length.total_seconds() == 60 * minutes, (session["id"], begins)

assert checked == 12, f"three sessions in four countries, not {checked}"
print(f"{checked} hours agree (IANA {release})")
