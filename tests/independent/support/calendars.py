"""Every kind of calendar file that convoca writes: by name, the bytes."""

import pathlib

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
        programme.change("group.toml", '^email = "tegucigalpa@example.org"$', "")
        stage("cancellations")
    methods = {octets.split(b"METHOD:")[1].split(b"\r\n")[0] for octets in written.values()}
    assert methods == {b"REQUEST", b"CANCEL"} and len(written) == 12 + 8 + 6, (methods, len(written))
    return written


def every_kind():
    return {**published(), **personal()}
