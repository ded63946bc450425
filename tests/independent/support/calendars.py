"""Every kind of calendar file that convoca writes: by name, the bytes."""

import pathlib
import re

from . import Programme, convoca, folder
from .post import Post


def files(path):
    return {str(file.relative_to(path)): file.read_bytes() for file in sorted(pathlib.Path(path).rglob("*.ics"))}


def published():
    """The feed and the sessions, for anybody."""
    out = folder()
    convoca("build", "--out", out)
    return {f"published/{name}": octets for name, octets in files(out).items()}


def personal():
    """Invitations, updates and cancellations, for one person each."""
    programme, written = Programme(), {}
    programme.change("2-cities-of-solidarity.toml", r"^number = 2$", 'number = 2\njoin-link = "https://example.org/call?a=1&b=2"')

    def stage(name):
        out = folder()
        programme.convoca("invite", "write", out, "--same-link", "2")
        written.update({f"{name}/{path}": octets for path, octets in files(out).items()})
        post.send(programme, "--same-link", "2")

    with Post() as post:
        stage("invitations")
        programme.change("1-global-initiatives.toml", "^date = 2022-10-27$", "date = 2022-10-20")
        programme.change("2-cities-of-solidarity.toml", "^date = 2022-10-28$", "date = 2022-10-21")
        stage("updates")
        programme.change("3-roles-of-organizations.toml", '^status = "[a-z]*"', 'status = "cancelled"')
        programme.take_off("tegucigalpa")
        stage("cancellations")
    methods = {octets.split(b"METHOD:")[1].split(b"\r\n")[0] for octets in written.values()}
    assert methods == {b"REQUEST", b"CANCEL"} and len(written) == 12 + 8 + 6, (methods, len(written))
    return written


def on_the_web():
    """With an address on the web, an open call and a document."""
    programme, out = Programme(), folder()
    programme.change("group.toml", r"^domain = ", 'publish-url = "https://example.org/mirps"\ndomain = ')
    programme.change("2-cities-of-solidarity.toml", r"^number = 2$", 'number = 2\njoin-link = "https://example.org/call?a=1&b=2"\n'
                     'publish-join-link = true\ndocuments = [{ title = "Nota", link = "https://example.org/a,b.pdf" }]')
    programme.convoca("build", "--only", "calendars", "--out", out)
    return {f"web/{name}": octets for name, octets in files(out).items()}


def every_kind():
    return {**published(), **on_the_web(), **personal()}


STRANGE = [
    'Señal "A"; B, C\\D ^n ^\' \'x\' <b>&amp;</b>',
    "👩‍👩‍👧‍👦 עברית العربية ‮ 漢字 e\u0301 " * 3,
    "BEGIN:VEVENT ATTENDEE:mailto:x@example.net",
    "\\n\\, \\\\; =?utf-8?q?=0D=0ABcc:_x?= \u00ad\u200b%0D%0A",
    "ñ" * 37 + "á" * 1000 + " fin",
]


def hostile():
    """What people might write, or somebody with bad intentions, in every text of a programme."""
    written = {}
    for index, strange in enumerate(STRANGE):
        programme = Programme()
        quoted = lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        both = f"{{ es = {quoted(strange)}, en = {quoted(strange)} }}"
        # The objective is Markdown: what stands for itself there has a backslash before it.
        literal = re.sub(r"([\\`*_<>\[\]#&~|=:])", r"\\\1", strange)
        for key, text in (("title", strange), ("objective", literal), ("place", strange)):
            programme.change("1-global-initiatives.toml", rf'^\[{key}\]\nes = ".*"\nen = ".*"$',
                             lambda _: f"[{key}]\nes = {quoted(text)}\nen = {quoted(text)}")
        programme.change("group.toml", r'^\[short-name\]\nes = ".*"\nen = ".*"$',
                         lambda _: f"[short-name]\nes = {quoted(strange)}\nen = {quoted(strange)}")
        programme.change("group.toml", r'^name = \{ es = "Municipalidad de Upala".*$', lambda _: f"name = {both}")
        out = folder()
        programme.convoca("invite", "write", out, "--session", "1")
        programme.convoca("build", "--only", "calendars", "--out", out / "built")
        written.update({f"hostile {index}/{name}": octets for name, octets in files(out).items()})
    return written
