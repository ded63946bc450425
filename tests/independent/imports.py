#!/usr/bin/env python3
"""One concept note in the files of others gives the same programme: HTML, ODT, DOCX and a PDF of LibreOffice, whose tables
are ruled, and the PDF of typst, which is tagged.

    imports.py CONVOCA
"""

import html
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import typst

CONVOCA = Path(sys.argv[1]).resolve()
NOTE = Path(__file__).resolve().parents[1] / "fixtures/import/concept-note.txt"
COLUMNS = 4


def blocks(text: str):
    """What the note consists of, in order: a title, headings, paragraphs, numbered lists and tables."""
    found: list[tuple[str, list]] = []
    for at, line in enumerate(text.splitlines()):
        item = re.match(r"\d\. (.*)", line)
        if "\t" in line:
            kind, what = "table", (line.split("\t") + [""] * COLUMNS)[:COLUMNS]
        elif item:
            kind, what = "list", item[1]
        elif not line.strip():
            continue
        else:
            kind = "title" if at == 0 else "heading" if re.match(r"[IVX]+\. |Session \d", line) else "paragraph"
            found.append((kind, [line]))
            continue
        if not found or found[-1][0] != kind:
            found.append((kind, []))
        found[-1][1].append(what)
    return found


def as_html(text: str) -> str:
    tags = {"title": "h1", "heading": "h2", "paragraph": "p"}
    out = []
    for kind, parts in blocks(text):
        if kind == "table":
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in parts)
            out.append("<table border='1'>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
        elif kind == "list":
            out.append("<ol>" + "".join(f"<li>{html.escape(item)}</li>" for item in parts) + "</ol>")
        else:
            out.append(f"<{tags[kind]}>{html.escape(parts[0])}</{tags[kind]}>")
    head = "<meta charset='utf-8'><title>Note</title>"
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{''.join(out)}</body></html>"


def as_typst(text: str) -> str:
    def quoted(words: str) -> str:
        return '#"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'

    out = ["#set page(paper: \"a5\", numbering: \"1\")"]
    for kind, parts in blocks(text):
        if kind == "table":
            cells = ", ".join(f"[{quoted(cell)}]" for row in parts for cell in row)
            out.append(f"#table(columns: (auto, 1fr, 1fr, auto), {cells})")
        elif kind == "list":
            out.append("\n".join(f"+ {quoted(item)}" for item in parts))
        else:
            out.append({"title": "= ", "heading": "== ", "paragraph": ""}[kind] + quoted(parts[0]))
    return "\n\n".join(out)


def programme(file: Path, folder: Path) -> dict[str, str]:
    """The files that an import makes, without the line that names the document."""
    command = [CONVOCA, "import", file, "--time-zone", "America/Guatemala", "--today", "2027-03-04", "--lang", "en"]
    told = subprocess.run([*command, "--programme", folder], capture_output=True, text=True)
    assert told.returncode in (0, 1), f"{file.name}: {told.stdout}{told.stderr}"
    return {path.name: re.sub(r"^#.*\n", "", path.read_text(), count=1) for path in sorted(folder.glob("*.toml"))}


with tempfile.TemporaryDirectory() as name:
    root = Path(name)
    text = NOTE.read_text()
    (root / "note.html").write_text(as_html(text))
    (root / "note.typ").write_text(as_typst(text))
    (root / "typst.pdf").write_bytes(typst.compile(str(root / "note.typ")))
    assert b"/StructTreeRoot" in (root / "typst.pdf").read_bytes(), "typst wrote no tags"

    def convert(source: str, to: str) -> None:
        profile = f"-env:UserInstallation=file://{root}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", root, root / source]
        subprocess.run(command, capture_output=True, check=True, timeout=300)

    # LibreOffice reads the page as one for the web; as a text it writes the others from it.
    convert("note.html", "odt:writer8")
    convert("note.odt", "docx:MS Word 2007 XML")
    convert("note.odt", "pdf")
    wanted = programme(NOTE, root / "text")
    assert len(wanted) == 4, list(wanted)
    files = ["note.html", "note.odt", "note.docx", "note.pdf", "typst.pdf"]
    for file in files:
        found = programme(root / file, root / file.replace(".", "-"))
        assert found.keys() == wanted.keys(), f"{file}: {list(found)}"
        for path, text in wanted.items():
            assert found[path] == text, f"{file}, {path}:\n{found[path]}\ninstead of\n{text}"

print(f"the same four files from {len(files)} others and the text")
