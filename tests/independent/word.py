"""Every Word file that convoca writes is valid by the Open XML schemas, and python-docx reads in it what a person sees:
styles, lists, numbered sections, tables with a repeated head, the language of every run, and who answers for it."""

import pathlib
import re
import sys

import docx
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

out = pathlib.Path(sys.argv[2])
files = sorted(out.rglob("*.docx"))
assert files, "no Word file was built"
validator = OpenXmlValidator()

for file in files:
    result = validator.validate(str(file))
    assert result.is_valid, (file, [str(error) for error in result.errors][:5])
    document = docx.Document(file)
    tag = {"es": "es-GT", "en": "en-GB"}[file.relative_to(out).parts[1]]
    properties = document.core_properties
    assert properties.title and properties.author and properties.language == tag, file
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title" and styles.count("Title") == 1, (file, styles[:3])
    for run in document.element.body.iter(qn("w:r")):
        language = run.find(f"{qn('w:rPr')}/{qn('w:lang')}")
        text = "".join(t.text or "" for t in run.iter(qn("w:t")))
        assert not text or language.get(qn("w:val")) == tag, (file, text)
    for table in document.tables:
        head, *rows = table._tbl.findall(qn("w:tr"))
        assert head.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None, file
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in [head, *rows]), file
        assert table._tbl.find(f"{qn('w:tblPr')}/{qn('w:tblLayout')}").get(qn("w:type")) == "fixed", file
    sections = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    if file.stem in {"nota-conceptual", "concept-note"}:
        # Word counts the sections: the style is linked to a list, and no text begins with a number.
        assert sections[0].style.element.pPr.numPr is not None, file
        assert not [section.text for section in sections if re.match(r"[IVX]+\.", section.text)], file
    fields = {t.text.strip() for part in document.part.package.iter_parts() if "footer" in part.partname
              for t in docx.oxml.parse_xml(part.blob).iter(qn("w:instrText"))}
    assert {"PAGE", "NUMPAGES"} <= fields, (file, fields)

print(f"{len(files)} files")
