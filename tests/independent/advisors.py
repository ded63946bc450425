"""Members' and advisors' hours in every output, for sessions around every kind of clock change of 2022, 2026
and 2027, are those of Python's zoneinfo."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zoneinfo
from datetime import datetime, time
from xml.sax.saxutils import unescape

zoneinfo.reset_tzpath(to=[])  # the rules of the tzdata package, never those of the machine

FIXTURE = pathlib.Path(__file__).parents[1] / "fixtures" / "advisors"
GUATEMALA = zoneinfo.ZoneInfo("America/Guatemala")
MEMBERS = {"Costa Rica": "America/Costa_Rica", "Guatemala": "America/Guatemala", "Honduras": "America/Tegucigalpa", "Panama": "America/Panama"}
ADVISORS = {"Barcelona": "Europe/Madrid", "Geneva": "Europe/Zurich", "Mexico City": "America/Mexico_City"}
# Before and after: summer time ends in Europe and for ever in Mexico; begins and ends in Europe; the
# weeks in which only North America has changed.
DATES = [
    ("2022-10-27", "2022-10-28", "2022-10-31"),
    ("2026-03-06", "2026-03-20", "2026-04-08"),
    ("2026-10-23", "2026-10-26", "2026-11-06"),
    ("2027-03-24", "2027-03-30", "2027-10-29"),
    ("2027-10-28", "2027-11-02", "2027-11-09"),
]


def line(date):
    """The hours as every document words them."""
    start = datetime.combine(datetime.fromisoformat(date), time(10), GUATEMALA)
    parts = []
    for places in (MEMBERS, ADVISORS):
        hours = {}
        for place, zone in places.items():
            hours.setdefault(start.astimezone(zoneinfo.ZoneInfo(zone)).strftime("%H:%M"), []).append(place)
        parts += [f"{hour} {', '.join(names)}" for hour, names in hours.items()]
    return " · ".join([*parts, start.astimezone(zoneinfo.ZoneInfo("UTC")).strftime("%H:%M UTC")])


def plain(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = unescape(re.sub(r"<[^>]+>", "", text))
    return " ".join(text.split())


def main():
    convoca, checked = str(pathlib.Path(sys.argv[1]).absolute()), 0
    for dates in DATES:
        with tempfile.TemporaryDirectory() as folder:
            sessions = pathlib.Path(folder) / "sessions"
            sessions.mkdir()
            for file in FIXTURE.glob("*.toml"):
                text = file.read_text(encoding="utf-8")
                if file.stem.isdigit():
                    text = re.sub(r"date = .*", f"date = {dates[int(file.stem) - 1]}", text)
                (sessions / file.name).write_text(text, encoding="utf-8")
            command = [convoca, "build", "--programme", sessions, "--out", f"{folder}/out", "--lang", "en", "--today", "2022-01-01"]
            subprocess.run(command, check=True, capture_output=True)
            out = pathlib.Path(folder) / "out"
            programme = json.loads((out / "public" / "programme.json").read_text(encoding="utf-8"))
            for number, date in enumerate(dates, 1):
                expected = line(date)
                for suffix in (".md", ".txt", ".html"):
                    agenda = out / "public" / "en" / f"agenda-{number}-session-{number}{suffix}"
                    assert expected in plain(agenda), (agenda.name, expected, plain(agenda)[:400])
                    assert expected in plain(out / "public" / "en" / f"programme{suffix}"), (suffix, expected)
                    checked += 2
                session = programme["sessions"][number - 1]
                start = datetime.fromisoformat(session["start"])
                for told in session["elsewhere"]:
                    zone = zoneinfo.ZoneInfo(told["timeZone"])
                    assert start.astimezone(zone).replace(tzinfo=None).isoformat() == told["start"], told
                    checked += 1
                # A change of clocks since the session before is told, and nothing else is.
                if number > 1:
                    before = datetime.combine(datetime.fromisoformat(dates[number - 2]), time(10), GUATEMALA)
                    text = plain(out / "public" / "en" / f"agenda-{number}-session-{number}.md")
                    for place, zone in ADVISORS.items():
                        zone = zoneinfo.ZoneInfo(zone)
                        moved = before.astimezone(zone).time() != start.astimezone(zone).time()
                        note = re.search(rf"{place}[A-Za-z ]*: [0-9:]+( [ap]\.m\.)?, no longer ", text) is not None
                        assert moved == note, (date, place, moved, text[:600])
                        checked += 1
    print(f"{checked} hours and notes agree")


if __name__ == "__main__":
    main()
