"""Programmes of every size, and the words that their documents must hold."""

import re
import subprocess
from pathlib import Path

SIZES = (
    [{"speakers": count} for count in (1, 3, 4, 13, 31, 60)]
    + [{"groups": count} for count in (1, 9, 31, 60)]
    + [{"speakers": 60, "groups": 60}]
    + [{"columns": count} for count in range(1, 15)]
    + [{"logos": count} for count in range(1, 9)]
    + [{"members": 120}]
)


def programme(folder: Path, speakers=1, groups=0, columns=0, logos=0, members=2) -> None:
    sessions, templates = folder / "sessions", folder / "templates"
    sessions.mkdir()
    templates.mkdir()
    group = (
        "id = 'g'\ndomain = 'example.org'\ntime-zone = 'America/Guatemala'\ncountries = ['GT']\n"
        "languages = ['en']\nname = { en = 'Group' }\n"
    )
    for index in range(members):
        group += (
            f"[parties.p{index}]\nkind = 'municipality'\nmember = true\ncountry = 'GT'\n"
            f"name = {{ en = 'Municipality Number {index} of Somewhere' }}\n"
        )
    for index in range(max(speakers, groups)):
        group += (
            f"[people.h{index}]\nname = 'Persona Numero{index} de Apellido Compuesto'\nparty = 'p0'\n"
            f"role = {{ en = 'Mayor of the place{index}' }}\n"
        )
    (sessions / "group.toml").write_text(group)
    session = (
        "id = 's'\nnumber = 1\ndate = 2027-03-02\nmoderator = 'p0'\ntitle = { en = 'Session' }\nplace = { en = 'Room' }\n"
        f"[[slots]]\nstart = '10:00'\nend = '11:00'\ntitle = {{ en = 'Item' }}\nspeakers = {[f'h{n}' for n in range(speakers)]}\n"
    )
    for index in range(groups):
        session += f"[[slots.groups]]\ntitle = {{ en = 'Breakout{index} on a topic' }}\nfacilitators = ['h{index}']\n"
    (sessions / "1.toml").write_text(session)
    if columns:
        def row(cell):
            return "|" + "|".join(cell(index) for index in range(columns)) + "|\n"

        body = row(lambda index: f"Municipalidad cell{index} organización") * 5
        table = row(lambda index: f"Column{index}") + row(lambda _: "-") + body
        (templates / "own.md.j2").write_text(f"# Own\n\n{table}")
    if logos:
        branding = "header = { en = 'Municipality of Somewhere' }\n"
        for index in range(logos):
            width = 120 * (1 + index % 4)
            drawing = f"<rect width='{width}' height='60' fill='#234'/>"
            svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} 60'>{drawing}</svg>"
            (templates / f"{index}.svg").write_text(svg)
            branding += f"[[logos]]\nfile = '{index}.svg'\nalt = {{ en = 'Arms', es = 'Escudo' }}\n"
        (templates / "branding.toml").write_text(branding)


def wanted(size: dict) -> tuple[str, list[str]]:
    """The kind of document, and the words that all its PDFs together must hold."""
    if "columns" in size:
        return "own", [f"cell{index}" for index in range(size["columns"])]
    if "members" in size:
        return "letters", [f"Number{index}of" for index in range(size["members"])]
    speakers = [f"Numero{index}de" for index in range(size.get("speakers", 1))]
    return "agenda", speakers + [f"Breakout{index}on" for index in range(size.get("groups", 0))]


def words(pdf: Path) -> str:
    """What a PDF says, without spaces and what divides words."""
    told = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, text=True, check=True)
    return re.sub(r"[\s\u00ad\u200b-]+", "", told.stdout)
