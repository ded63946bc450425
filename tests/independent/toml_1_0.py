"""What convoca ships, writes and documents is TOML 1.0, as Python's own parser reads it."""

import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

convoca = pathlib.Path(sys.argv[1]).resolve()
count = 0


def reads(text, what):
    global count
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        sys.exit(f"{what}: {error}\n{text}")
    count += 1


def folder(path):
    for file in sorted(pathlib.Path(path).rglob("*.toml")):
        reads(file.read_text(encoding="utf-8"), file)


def blocks(text):
    """Blocks of TOML with the line before them."""
    return re.findall(r"([^\n]*)\n+```toml\n(.*?)```", text, re.DOTALL)


for place in ("sessions", "src/cli/init", "templates", "tests/fixtures"):
    folder(place)

# What a check finds fault with may be a fault of form.
for page in (pathlib.Path("README.md"), pathlib.Path("README.es.md"), *sorted(pathlib.Path("docs").glob("*.md"))):
    for before, block in blocks(page.read_text(encoding="utf-8")):
        if not before.startswith(("Found fault with", "Se señala")):
            reads(block, page)

with tempfile.TemporaryDirectory() as scratch:
    scratch = pathlib.Path(scratch)
    for lang in ("es", "en"):
        subprocess.run([convoca, "init", scratch / lang, "--lang", lang], check=True, capture_output=True)
    # An hour without quotes, as older files have it, is written in quotes when it changes.
    session = scratch / "es" / "1-opening.toml"
    session = session if session.exists() else next((scratch / "es").rglob("1-opening.toml"))
    old = session.read_text(encoding="utf-8")
    session.write_text(re.sub(r'= "(\d\d:\d\d)"', r"= \1", old), encoding="utf-8")
    moved = [convoca, "move", "1", "--to", "11:00", "--write", "--programme", session.parent]
    subprocess.run(moved, check=True, capture_output=True, cwd=scratch)
    assert session.read_text(encoding="utf-8") != old
    folder(scratch)

print(f"{count} texts are TOML 1.0")
