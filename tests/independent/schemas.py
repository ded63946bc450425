"""What convoca writes for other programs, and the TOML files that it reads, are as its JSON Schemas say."""

import datetime
import json
import pathlib
import subprocess
import sys
import tomllib

from jsonschema import Draft202012Validator

convoca, out = sys.argv[1], pathlib.Path(sys.argv[2])


def run(*arguments):
    return subprocess.run([convoca, *arguments], capture_output=True, text=True, encoding="utf-8").stdout


def schema(of, lang="en"):
    found = json.loads(run("schema", of, "--lang", lang))
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found)


def load(path):
    return plain(tomllib.loads(path.read_text(encoding="utf-8")))


def plain(value):
    """TOML as an editor's schema sees it: days and hours are text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    return value


count = 0


def holds(validator, value, what):
    global count
    errors = [f"{what}: {error.json_path}: {error.message[:200]}" for error in validator.iter_errors(value)]
    assert not errors, "\n".join(errors)
    count += 1


holds(schema("programme"), json.loads((out / "public" / "programme.json").read_text(encoding="utf-8")), "programme.json")
for days in ("2027-10-01..2027-11-15", "2027-09-15..2027-09-15"):
    answer = run("when", "--days", days, "--sessions", "1", "--today", "2027-09-01", "--format", "json")
    holds(schema("dates"), json.loads(answer), f"when --days {days}")
for folder in ("sessions", "tests/fixtures/as-published", "tests/fixtures/advisors"):
    for lang in ("es", "en"):
        report = json.loads(run("check", "--format", "json", "--lang", lang, "--programme", folder))
        assert report["findings"], folder
        holds(schema("findings"), report, f"findings of {folder}")
        for path in sorted(pathlib.Path(folder).glob("*.toml")):
            kind = path.stem if path.stem in ("group", "concept-note") else "session"
            holds(schema(kind, lang), load(path), str(path))

# A schema that takes everything would hold too.
session = load(pathlib.Path("sessions/1-global-initiatives.toml"))
for key, wrong in (("date", "27/10/2022"), ("number", 0), ("id", "../x"), ("titel", {}), ("slots", {"start": "10:00"})):
    assert not schema("session").is_valid({**session, key: wrong}), key
print(f"{count} files are as their schemas say")
