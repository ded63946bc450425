"""Every zone's offset is that of Python's zoneinfo with the same IANA release, hour by hour around every
change of clocks from 2020 to 2035, and every tenth day in between."""

import importlib.resources
import pathlib
import subprocess
import sys
import zoneinfo
from datetime import datetime, timedelta, timezone

zoneinfo.reset_tzpath(to=[])  # the rules of the tzdata package, never those of the machine

FIRST, LAST = datetime(2020, 1, 1, tzinfo=timezone.utc), datetime(2036, 1, 1, tzinfo=timezone.utc)
AROUND = timedelta(hours=30)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def offset(zone, instant):
    return instant.astimezone(zone).utcoffset()


def changes(zone):
    """The days within which the offset changes."""
    day, before = FIRST, offset(zone, FIRST)
    while day < LAST:
        after = offset(zone, day + DAY)
        if after != before:
            yield day
        day, before = day + DAY, after


def instants(zone):
    asked = {FIRST + step * DAY for step in range(0, (LAST - FIRST).days, 10)}
    for day in changes(zone):
        instant = day - AROUND
        while instant <= day + DAY + AROUND:
            asked.add(instant)
            asked.add(instant - timedelta(seconds=1))
            instant += HOUR
    return sorted(asked)


def main():
    example = pathlib.Path(sys.argv[1]).parent / "examples" / "offsets"
    release, *names = subprocess.run([example, "zones"], check=True, capture_output=True, text=True).stdout.split()
    theirs = importlib.resources.files("tzdata").joinpath("zoneinfo/tzdata.zi").read_text().splitlines()[0].split()[-1]
    assert release == theirs, f"convoca carries {release}, the tzdata package {theirs}"
    names = sorted(set(names))
    assert len(names) > 400, len(names)
    asked, expected = [], []
    for name in names:
        zone = zoneinfo.ZoneInfo(name)
        for instant in instants(zone):
            asked.append(f"{name} {int(instant.timestamp())}")
            expected.append(str(int(offset(zone, instant).total_seconds())))
    told = subprocess.run([example], input="\n".join(asked), check=True, capture_output=True, text=True).stdout.split()
    assert len(told) == len(expected), (len(told), len(expected))
    wrong = [f"{one}: {is_} instead of {should}" for one, is_, should in zip(asked, told, expected) if is_ != should]
    print(f"{len(expected)} offsets in {len(names)} zones, {len(wrong)} of them wrong (IANA {release})")
    print("\n".join(wrong[:20]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
