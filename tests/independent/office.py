#!/usr/bin/env python3
"""Word documents of every size hold all that is written for them: set by LibreOffice, read back by poppler.

    office.py CONVOCA

One to sixty speakers and break-out groups in an item, one to fourteen columns, one to eight logos, letters: each Word
file is set as a PDF by LibreOffice, all in one go, and every name, group and cell must be on a page of it.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from support.programmes import SIZES, programme, wanted, words

CONVOCA = Path(sys.argv[1]).resolve()
# Of many letters only so many are set: they differ in their names alone.
MOST_LETTERS = 8


def build(folder: Path, size: dict) -> tuple[list[Path], list[str]]:
    """The Word files of one size, called by it, and the words that they must hold."""
    folder.mkdir()
    programme(folder, **size)
    kind, expected = wanted(size)
    command = [CONVOCA, "build", "--draft", "--lang", "en", "--only", kind, "--format", "docx", "--today", "2027-01-04"]
    built = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert built.returncode == 0, f"{size}: {built.stdout}{built.stderr}"
    files = sorted((folder / "out").rglob("*.docx"))[:MOST_LETTERS]
    assert files, size
    if "members" in size:
        # Those of parties are called by their numbers; the others are of people.
        expected = [f"Number{file.stem[1:]}of" for file in files if file.stem.startswith("p")]
    return [file.rename(folder / f"{folder.name}-{index}.docx") for index, file in enumerate(files)], expected


with tempfile.TemporaryDirectory() as name:
    root = Path(name)
    built = [build(root / f"size{number}", size) for number, size in enumerate(SIZES)]
    files = [file for files, _ in built for file in files]
    # A profile of its own: neither what somebody has set nor another that runs takes part.
    profile = f"-env:UserInstallation=file://{root}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", root / "pdf", *files]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    for size, (own, expected) in zip(SIZES, built):
        pdfs = [root / "pdf" / f"{file.stem}.pdf" for file in own]
        text = "".join(words(pdf) for pdf in pdfs)
        lost = [word for word in expected if word not in text]
        assert not lost, f"{size}: not in the PDF of LibreOffice: {lost[:10]}"

print(f"{len(files)} Word files of {len(SIZES)} sizes, every word on a page of LibreOffice")
