#!/usr/bin/env python3
"""Documents of every size hold all that is written for them: read back from the PDF by poppler.

    sizes.py CONVOCA OUT

OUT is a build of the same program: without a PDF in it there is nothing to read.

One to sixty speakers and break-out groups in an item, one to fourteen columns, one to eight logos, and a
hundred and twenty letters: each must be built without a finding of a page, and every name, group and cell must be in the PDF.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from support.programmes import SIZES, programme, wanted, words

CONVOCA = Path(sys.argv[1]).resolve()
if not any(Path(sys.argv[2]).rglob("*.pdf")):
    print("built without PDF")
    sys.exit()

for size in SIZES:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        programme(folder, **size)
        kind, expected = wanted(size)
        command = [CONVOCA, "build", "--draft", "--lang", "en", "--only", kind, "--format", "pdf", "--today", "2027-01-04"]
        built = subprocess.run(command, cwd=folder, capture_output=True, text=True)
        said = built.stdout + built.stderr
        assert built.returncode == 0 and "[pdf]" not in said, f"{size}: {said}"
        pdfs = list((folder / "out").rglob("*.pdf"))
        text = "".join(words(pdf) for pdf in pdfs)
        lost = [word for word in expected if word not in text]
        assert pdfs and not lost, f"{size}: not in the PDF: {lost[:10]}"

print(f"{len(SIZES)} sizes, every word in its PDF")
