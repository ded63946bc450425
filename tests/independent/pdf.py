"""Every PDF that convoca writes claims PDF/UA-1 and holds what that asks for, as pikepdf reads it: tags in the order of
reading, one first heading, heads of tables, language, title, fonts within, links; pdfua finds nothing."""

import pathlib
import sys
from collections import Counter

import pikepdf
from pdfua import validate

out = pathlib.Path(sys.argv[2])
files = sorted(out.rglob("*.pdf"))
if not files:
    print("built without PDF")
    sys.exit()


def tags(node, found):
    if isinstance(node, pikepdf.Array):
        for child in node:
            tags(child, found)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            found.append(str(node.S).lstrip("/"))
        if "/K" in node:
            tags(node.K, found)
    return found


def fonts(page):
    for font in page.resources.get("/Font", {}).values():
        for inner in font.get("/DescendantFonts", [font]):
            yield inner.FontDescriptor


for file in files:
    with pikepdf.open(file) as pdf:
        root = pdf.Root
        tag = {"es": "es-GT", "en": "en-GB"}[file.relative_to(out).parts[1]]
        assert str(root.Lang) == tag and bool(root.MarkInfo.Marked) and root.ViewerPreferences.DisplayDocTitle, file
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] and metadata["pdfuaid:part"] == "1", file
        found = tags(root.StructTreeRoot, [])
        count = Counter(found)
        assert count["H1"] == 1 and count["TH"] > count["Table"], (file, count)
        levels = [int(name[1]) for name in found if name in {f"H{n}" for n in range(1, 7)}]
        assert levels[0] == 1 and all(after <= before + 1 for before, after in zip(levels, levels[1:])), (file, levels)
        assert len(pdf.open_outline().root) == 1, file
        for page in pdf.pages:
            for descriptor in fonts(page):
                assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")), (file, descriptor.FontName)

    report = validate(str(file))
    assert not report.findings, (file, [str(finding) for finding in report.findings][:3])

print(f"{len(files)} files")
