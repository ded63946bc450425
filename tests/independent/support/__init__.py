"""What the scripts beside this folder share: the program, and a programme whose parties have addresses."""

import atexit
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
FIXTURES = ROOT / "tests/fixtures/replies"
PROGRAM = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "target/debug/convoca"
UID = "global-initiatives@mirps-local-governance.example.org"
ADDRESSES = {
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


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def run(*arguments, today="2022-10-10", **environment):
    """Runs the program as if it were some day."""
    return subprocess.run(
        [PROGRAM, "--today", today, *map(str, arguments)],
        cwd=ROOT, env={**os.environ, "NO_COLOR": "1", **environment}, capture_output=True, text=True, encoding="utf-8",
    )


def convoca(*arguments, **environment):
    """What the program printed, if all went well."""
    ran = run(*arguments, **environment)
    assert ran.returncode == 0, f"convoca {arguments}: {ran.returncode}\n{ran.stdout}{ran.stderr}"
    return ran.stdout


class Programme:
    """The shipped programme, in a folder of its own, with addresses for some of its parties."""

    def __init__(self, addresses=ADDRESSES):
        self.path = folder()
        for path in (ROOT / "sessions").glob("*.toml"):
            shutil.copy(path, self.path)
        for party, address in addresses.items():
            language = "en" if party == "choloma" else "es"
            self.change("group.toml", rf"^\[parties\.{party}\]$", f'[parties.{party}]\nemail = "{address}"\nlanguage = "{language}"')

    def change(self, name, pattern, replacement):
        text = (self.path / name).read_text(encoding="utf-8")
        changed, count = re.subn(pattern, replacement, text, count=1, flags=re.M)
        assert count == 1, f"{pattern} is not in {name}"
        (self.path / name).write_text(changed, encoding="utf-8")

    def take_off(self, party):
        """It is no member any more."""
        self.change("group.toml", rf"^(\[parties\.{party}\]\n(?:.+\n)*?)member = true\n", r"\1")

    def convoca(self, *arguments, **environment):
        return convoca("--programme", self.path, "--lang", "en", *arguments, **environment)

    def answers(self):
        """Who answered what about session 1."""
        told = json.loads(self.convoca("attendance", "1", "--format", "json"))
        return {row["who"]: row["answer"] for row in told["sessions"][0]["invited"]}

    def was_sent(self):
        """Writes a ledger in which session 1 was sent to everybody."""
        with open(self.path / "invitations.jsonl", "w", encoding="utf-8") as ledger:
            for who, to in ADDRESSES.items():
                message = {
                    "v": 1, "at": "2022-10-01T00:00:00Z", "mail": f"<{who}@example.org>", "uid": UID,
                    "session": "global-initiatives", "to": to, "who": who, "method": "REQUEST",
                    "sequence": 0, "dtstamp": "20221001T000000Z", "attempt": 1,
                }
                for more in ({"kind": "sending", "reason": "new", "content": {}}, {"kind": "sent", "said": "250"}):
                    ledger.write(json.dumps({**message, **more}) + "\n")
        return self
