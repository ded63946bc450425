#!/usr/bin/env python3
"""Kills convoca at every system call that writes, and looks at what is there: all of the old or all of the new,
nothing lost, and after the next run nothing left.

    tests/by_hand/kills.py target/release/convoca [SCENARIO …] [--most N]

Needs strace. `--most` bounds the places that are tried for each system call (40 unless said); 0 tries all."""

import http.client
import json
import os
import pathlib
import shutil
import smtpd_sink
import subprocess
import sys
import tempfile

CALLS = "write openat rename renameat renameat2 link linkat symlink symlinkat mkdir mkdirat rmdir unlink unlinkat " \
        "ftruncate fsync fdatasync chmod fchmod fchmodat flock".split()

# The programme that the tests of the command line have too.
SUPPORT = pathlib.Path(__file__).parent.parent / "support"
GROUP, SESSION = ((SUPPORT / name).read_text(encoding="utf-8") for name in ("group.toml", "session.toml"))
REPLY = """From: <panama@example.org>
Date: Mon, 1 Feb 2027 10:00:00 -0600
MIME-Version: 1.0
Content-Type: text/calendar; method=REPLY

BEGIN:VCALENDAR
METHOD:REPLY
BEGIN:VEVENT
UID:one@g.example.org
DTSTAMP:20270201T160000Z
SEQUENCE:0
ATTENDEE;PARTSTAT=ACCEPTED:mailto:panama@example.org
END:VEVENT
END:VCALENDAR
"""


class Folder:
    """A programme in a folder of its own."""

    def __init__(self, convoca, path):
        self.convoca, self.path = convoca, pathlib.Path(path)

    def write(self, name, text):
        place = self.path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    def command(self, arguments):
        return [self.convoca, *arguments, "--lang", "en", "--today", "2027-02-01"]

    def run(self, *arguments, ok=(0,)):
        done = subprocess.run(self.command(arguments), cwd=self.path, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        assert done.returncode in ok, (arguments, done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def killed(self, call, when, scenario):
        """Whether the run was killed before its end."""
        trace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={when}"]
        if hasattr(scenario, "killed"):
            return scenario.killed(self, trace)
        done = subprocess.run(trace + self.command(scenario.arguments), cwd=self.path, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        return done.returncode in (-9, 137)

    def files(self, below="."):
        root = self.path / below
        return {str(file.relative_to(root)): file.read_bytes() for file in sorted(root.rglob("*")) if file.is_file()}

    def left(self):
        # Lists of what was written, and the studio's journal, stay.
        kept = (".convoca-files", ".convoca-studio.jsonl")
        return [str(path) for path in self.path.rglob(".convoca-*") if path.name not in kept]

    def ledger(self):
        path = self.path / "sessions/invitations.jsonl"
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
        records = []
        for line in lines:
            try:
                records.append(json.loads(line))
            except ValueError:
                assert line == lines[-1], f"a damaged line within the ledger: {line}"
        return records


def base(convoca, path):
    folder = Folder(convoca, path)
    folder.write("sessions/group.toml", GROUP)
    folder.write("sessions/1.toml", SESSION)
    folder.write("answer.eml", REPLY)
    return folder


def moved(folder):
    folder.write("sessions/1.toml", SESSION.replace("Apertura", "Apertura solemne").replace("start = 10:00", "start = 11:00"))


class Build:
    arguments = ["build", "--format", "ics,txt,json"]

    def prepare(self, folder):
        folder.run(*self.arguments)
        folder.write("out/public/mine.txt", "mine")
        moved(folder)

    def check(self, folder, before, after):
        assert folder.files("out") in (before("out"), after("out")), "neither the old nor the new"
        assert folder.files("sessions") == before("sessions")

    def again(self, folder, after):
        folder.run(*self.arguments)
        assert folder.files("out") == after("out")


class Fix:
    arguments = ["check", "--fix"]

    def prepare(self, folder):
        folder.write("sessions/1.toml", SESSION.replace("start = 10:00", 'start = "10:00 a.m."'))
        folder.write("sessions/2.toml", SESSION.replace('"one"', '"two"').replace("number = 1", "number = 2").replace("03-02", "03-09")
                     .replace("start = 10:00", 'start = "10:00 a.m."'))

    def check(self, folder, before, after):
        for name, content in folder.files("sessions").items():
            if not name.startswith(".convoca-"):
                assert content in (before("sessions").get(name), after("sessions").get(name)), name

    def again(self, folder, after):
        folder.run(*self.arguments, ok=(0, 1))
        assert folder.files("sessions") == after("sessions")


class Write:
    arguments = ["invite", "write", "mails", "--same-link", "1"]

    def prepare(self, folder):
        folder.run(*self.arguments[:3])
        moved(folder)

    def check(self, folder, before, after):
        assert folder.files("mails") in (before("mails"), after("mails")), "neither the old nor the new"
        told = {record["mail"] for record in folder.ledger() if record["kind"] == "written"}
        for line in (folder.path / "mails/mails.jsonl").read_text().splitlines():
            assert json.loads(line)["mail"] in told, "a mail may be sent that the ledger does not know"

    def again(self, folder, after):
        folder.run(*self.arguments)
        assert folder.files("mails") == after("mails")


class Enter:
    arguments = ["invite", "record", "mails"]

    def prepare(self, folder):
        folder.run("invite", "write", "mails")

    def check(self, folder, before, after):
        assert folder.files("mails") == before("mails")
        folder.ledger()

    def again(self, folder, after):
        folder.run(*self.arguments)
        assert sum(record["kind"] == "sent" for record in folder.ledger()) == 3
        assert json.loads(folder.run("invite", "plan", "--format", "json"))["messages"] == 0


class Replies:
    arguments = ["replies", "answer.eml"]

    def prepare(self, folder):
        folder.run("invite", "write", "mails")
        folder.run("invite", "record", "mails")

    def check(self, folder, before, after):
        folder.ledger()

    def again(self, folder, after):
        folder.run(*self.arguments)
        assert [record["answer"] for record in folder.ledger() if record["kind"] == "reply"] == ["accepted"]


class Send:
    def prepare(self, folder):
        self.server = smtpd_sink.Sink()
        plan = json.loads(folder.run("invite", "plan", "--format", "json"))["plan"]
        self.arguments = ["invite", "send", "--server", f"localhost:{self.server.port}", "--tls", "none", "--per-minute", "60000",
                          "--timeout", "5", "--yes", plan]

    def check(self, folder, before, after):
        arrived = {mail for mail, _ in self.server.mails}
        known = {record["mail"] for record in folder.ledger() if record["kind"] == "sending"}
        assert arrived <= known, "a mail went out that the ledger does not know"

    def again(self, folder, after):
        plan = json.loads(folder.run("invite", "plan", "--format", "json"))
        if plan["messages"]:
            folder.run(*self.arguments[:-1], plan["plan"])
        assert json.loads(folder.run("invite", "plan", "--format", "json"))["messages"] == 0
        for to in ("esquipulas@example.org", "panama@example.org", "uclg@example.org"):
            got = {mail for mail, who in self.server.mails if who == to}
            assert len(got) == 1, f"{to} got {len(got)} different mails"
        self.server.close()


class Studio:
    """A studio over a folder, spoken to as its page does."""

    def __init__(self, folder, trace=()):
        command = [*trace, *folder.command(["studio", "--no-open"])]
        self.program = subprocess.Popen(command, cwd=folder.path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        stdin=subprocess.DEVNULL, text=True)
        line = self.program.stdout.readline()
        self.host, self.token = line.split("http://")[1].split()[0].split("/#") if "http://" in line else (None, None)

    def ask(self, method, path, body=None):
        headers = {"x-convoca": self.token, "origin": f"http://{self.host}", "content-type": "application/json"}
        connection = http.client.HTTPConnection(self.host, timeout=20)
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")

    def post(self, path, **body):
        return self.ask("POST", path, {"base": self.ask("GET", "/api/desk")[1]["revision"], **body})

    def end(self):
        self.program.terminate()
        return self.program.wait()


class Save:
    """The studio's: a change and its saving."""

    arguments = []

    def prepare(self, folder):
        pass

    def work(self, studio, folder):
        if "tentative" not in (folder.path / "sessions/1.toml").read_text(encoding="utf-8"):
            # What was changed before a kill is there again, to be saved.
            if not studio.ask("GET", "/api/desk")[1]["unsaved"]:
                status, answer = studio.post("/api/act", command={"do": "status", "session": "one", "to": "tentative"})
                assert status == 200, answer
            status, answer = studio.post("/api/save")
            assert status == 200, answer

    def whole(self, folder):
        studio = Studio(folder)
        self.work(studio, folder)
        studio.end()

    def killed(self, folder, trace):
        studio = Studio(folder, trace)
        try:
            if studio.host:
                self.work(studio, folder)
        except (OSError, ValueError, http.client.HTTPException):
            pass  # It was killed: what is there is looked at.
        return studio.end() in (-9, 137)

    def check(self, folder, before, after):
        assert self.texts(folder.files("sessions")) in (before("sessions"), self.texts(after("sessions"))), "neither the old nor the new"

    def texts(self, files):
        return {name: text for name, text in files.items() if not name.startswith(".convoca")}

    def again(self, folder, after):
        studio = Studio(folder)
        self.work(studio, folder)
        studio.end()
        assert self.texts(folder.files("sessions")) == self.texts(after("sessions"))


SCENARIOS = {"build": Build, "fix": Fix, "write": Write, "record": Enter, "replies": Replies, "send": Send, "save": Save}


def campaign(convoca, name, most):
    """Every place of a scenario; gives how many there were."""
    tried = 0
    with tempfile.TemporaryDirectory() as room:
        room = pathlib.Path(room)
        first = base(convoca, room / "first")
        SCENARIOS[name]().prepare(first) if name != "send" else None
        if name != "send":
            shutil.copytree(first.path, room / "whole", symlinks=True)
            whole = Folder(convoca, room / "whole")
            scenario = SCENARIOS[name]()
            scenario.whole(whole) if hasattr(scenario, "whole") else whole.run(*scenario.arguments, ok=(0, 1))
        before = lambda below: first.files(below)
        after = lambda below: whole.files(below)
        for call in CALLS:
            when, step = 1, 1
            while True:
                shutil.rmtree(room / "now", ignore_errors=True)
                scenario = SCENARIOS[name]()
                shutil.copytree(first.path, room / "now", symlinks=True)
                folder = Folder(convoca, room / "now")
                if name == "send":
                    scenario.prepare(folder)
                killed = folder.killed(call, when, scenario)
                try:
                    if killed:
                        scenario.check(folder, before, after)
                    scenario.again(folder, after)
                    assert not folder.left(), f"left: {folder.left()}"
                except AssertionError as wrong:
                    raise SystemExit(f"{name}: killed at {call} number {when}: {wrong}") from wrong
                if not killed:
                    break
                tried += 1
                # Where there are many, the later ones are much alike.
                if most and when >= most:
                    step = max(1, when // 4)
                when += step
    return tried


def main():
    arguments = sys.argv[1:]
    most = 40
    if "--most" in arguments:
        at = arguments.index("--most")
        most = int(arguments[at + 1])
        del arguments[at:at + 2]
    convoca = os.path.abspath(arguments[0])
    for name in arguments[1:] or SCENARIOS:
        print(f"{name}: {campaign(convoca, name, most)} kills, nothing lost, mixed or left", flush=True)


if __name__ == "__main__":
    main()
