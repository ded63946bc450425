"""Every page that convoca writes is well-formed HTML by the standard's own parsing rules, and says what a
reader's software needs: the language, a title, one first heading, headings in order, tables with heads."""

import pathlib
import sys

import html5lib

out = pathlib.Path(sys.argv[2])
pages = sorted(out.rglob("*.html"))
assert pages, "no page was built"
HTML = "{http://www.w3.org/1999/xhtml}"

for page in pages:
    parser = html5lib.HTMLParser(strict=True)
    tree = parser.parse(page.read_text(encoding="utf-8"))
    find = lambda name: list(tree.iter(HTML + name))
    text = lambda element: "".join(element.itertext()).strip()
    lang = tree.get("lang", "")
    assert lang.split("-")[0] == page.relative_to(out).parts[1], (page, lang)
    assert text(find("title")[0]), page
    assert any("width=device-width" in meta.get("content", "") for meta in find("meta")), page
    assert len(find("main")) == 1, page
    levels = [int(e.tag[-1]) for e in tree.iter() if isinstance(e.tag, str) and e.tag[len(HTML) :] in {f"h{n}" for n in range(1, 7)}]
    assert levels[0] == 1 and levels.count(1) == 1, (page, levels)
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:])), (page, levels)
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), (page, ids)
    for link in find("a"):
        assert text(link) and link.get("href"), page
        if link.get("href").startswith("#"):
            assert link.get("href")[1:] in ids, (page, link.get("href"))
    for table in find("table"):
        width = len(list(table.iter(HTML + "col"))) or len(list(next(table.iter(HTML + "tr"))))
        reaching = []  # for each cell of the rows above that reaches down: how many rows more
        for row in table.iter(HTML + "tr"):
            cells = list(row)
            assert len(cells) + len(reaching) == width, (page, "".join(row.itertext()))
            spans = [int(cell.get("rowspan", 1)) for cell in cells]
            reaching = [rows - 1 for rows in [*reaching, *spans] if rows > 1]
        assert not reaching, (page, "a cell reaches below its table")
        assert all(cell.get("scope") for cell in table.iter(HTML + "th")), page

print(f"{len(pages)} pages are well-formed")
