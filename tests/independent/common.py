"""What the scripts in this folder share: the program, a programme with addresses, a ledger."""

import atexit, json, os, pathlib, shutil, subprocess, tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests/fixtures/replies"
UID = "global-initiatives@mirps-local-governance.example.org"
INVITED = {
    "upala": "upala@example.org",
    "choloma": "choloma@example.org",
    "tegucigalpa": "tegucigalpa@example.org",
    "panama-city": "panama@example.org",
}


def folder():
    """A folder that is gone when the script ends."""
    path = pathlib.Path(tempfile.mkdtemp(prefix="convoca-"))
    path.chmod(0o755)
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


def convoca(*arguments, **environment):
    """Runs the program, and gives back what it printed."""
    program = os.environ.get("CONVOCA") or ROOT / "target/debug/convoca"
    run = subprocess.run(
        [program, "--today", "2022-10-10", *map(str, arguments)],
        cwd=ROOT, env={**os.environ, "NO_COLOR": "1", **environment}, capture_output=True, text=True,
    )
    assert run.returncode == 0, f"convoca {arguments}: {run.returncode}\n{run.stdout}{run.stderr}"
    return run.stdout


def invited_programme():
    """The shipped programme, of which four parties were invited to session 1."""
    programme = folder()
    for path in (ROOT / "sessions").glob("*.toml"):
        shutil.copy(path, programme)
    with open(programme / "invitations.jsonl", "w") as ledger:
        for who, to in INVITED.items():
            message = {
                "v": 1, "at": "2022-10-01T00:00:00Z", "mail": f"<{who}@example.org>", "uid": UID,
                "session": "global-initiatives", "to": to, "who": who, "method": "REQUEST",
                "sequence": 0, "dtstamp": "20221001T000000Z", "attempt": 1,
            }
            for more in ({"kind": "sending", "reason": "new", "content": {}}, {"kind": "sent", "said": "250"}):
                ledger.write(json.dumps({**message, **more}) + "\n")
    return programme


def answers(programme):
    """Who answered what, as `convoca attendance` tells it."""
    told = json.loads(convoca("--programme", programme, "attendance", "1", "--format", "json"))
    return {row["who"]: row["answer"] for row in told["sessions"][0]["invited"]}


EXPECTED = {"upala": "accepted", "choloma": "declined", "tegucigalpa": "tentative", "panama-city": "counter"}
