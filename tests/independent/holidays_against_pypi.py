"""The table of public holidays against the PyPI package `holidays`.

Both are compared day by day for every country and year of the table. A difference is a fault unless it
stands in DELIBERATE, with its reason; a reason that no longer explains a difference is a fault too.
"""

import datetime
import pathlib
import sys

import holidays

TABLE = pathlib.Path(__file__).parents[2] / "crates" / "core" / "src" / "time" / "holidays"

# (country, month-day or a range of them, years or None for all): why the table is right for a session.
NOON = "half a day by law: no session in the afternoon"
DELIBERATE = [
    ("CR", "08-15", {2024}, "the legislature kept Mother's Day 2024 on its day (MTSS list of 2024)"),
    ("CR", "08-19", {2024}, "the legislature kept Mother's Day 2024 on its day (MTSS list of 2024)"),
    ("GT", "08-15", None, "the Assumption is the feast of Guatemala City alone: for the group to add"),
    ("GT", "12-24", None, NOON),
    ("GT", "12-31", None, NOON),
    ("PA", "07-01", {2029}, "every five years by the Constitution; the package lists it once it has been"),
    ("SV", "08-01", None, "public employees are on leave from 1 to 6 August"),
    ("SV", "08-02", None, "public employees are on leave from 1 to 6 August"),
    ("SV", "08-03", None, "public employees are on leave from 1 to 6 August"),
    ("SV", "08-04", None, "public employees are on leave from 1 to 6 August"),
    ("SV", "08-05", None, "public employees are on leave from 1 to 6 August"),
]
# Days that move with Easter, by days from it.
DELIBERATE_EASTER = [
    ("GT", -4, NOON),
    ("ES", -3, "a holiday in 15 of 17 autonomous communities; the package lists it by community"),
    ("CH", -2, "a holiday in all cantons but two; the package lists it by canton"),
    ("CH", 1, "a holiday in most cantons; the package lists it by canton"),
    ("CH", 50, "a holiday in most cantons; the package lists it by canton"),
]
# A holiday on a Sunday: the package leaves it out, the table keeps it, since nobody works then anyway.
SUNDAYS_KEPT = {"ES"}


def table(path):
    days, years = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "bridges", "custom", "decree")):
            continue
        es, en, *cells = line.split("\t")
        if es == "es":
            years = [int(year) for year in cells]
            continue
        for year, cell in zip(years, cells, strict=True):
            for day in cell.split():
                if day != "-":
                    days[datetime.date.fromisoformat(f"{year}-{day.partition('@')[0]}")] = en
    return days, years


def easter(year):
    return next(
        day for day, name in holidays.country_holidays("BZ", years=year).items() if "Easter Monday" in name
    ) - datetime.timedelta(1)


def package(country, years):
    known = holidays.country_holidays(country, years=years)
    categories = [name for name in ("public", "optional", "bank") if name in known.supported_categories]
    if country in ("CR", "PA"):
        return holidays.country_holidays(country, years=years, categories=categories)
    return known


def main():
    faults, explained, used = [], 0, set()
    tables = sorted(TABLE.glob("*.tsv"))
    assert tables, f"no tables in {TABLE}"
    for path in tables:
        country = path.stem.upper()
        ours, years = table(path)
        theirs = package(country, years)
        for day in sorted(set(ours) ^ {day for day in theirs if day.year in years}):
            rules = [rule for rule in DELIBERATE if rule[:2] == (country, f"{day:%m-%d}") and (not rule[2] or day.year in rule[2])]
            rules += [rule for rule in DELIBERATE_EASTER if rule[0] == country and (day - easter(day.year)).days == rule[1]]
            if rules:
                used.update(rules_key(rule) for rule in rules)
                explained += 1
            elif country in SUNDAYS_KEPT and day.weekday() == 6 and day in ours:
                explained += 1
            else:
                side = f"only here: {ours[day]}" if day in ours else f"only in the package: {theirs[day]}"
                faults.append(f"{country} {day:%Y-%m-%d %a} {side}")
    for rule in DELIBERATE + DELIBERATE_EASTER:
        if rules_key(rule) not in used:
            faults.append(f"this reason explains nothing any more: {rule}")
    print(f"holidays {holidays.__version__}: {explained} deliberate differences, {len(faults)} faults")
    print("\n".join(faults))
    return 1 if faults else 0


def rules_key(rule):
    return str(rule)


if __name__ == "__main__":
    sys.exit(main())
