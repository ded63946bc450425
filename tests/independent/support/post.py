"""A mail server on loopback (aiosmtpd) that puts every mail into a Maildir of its recipient."""

import asyncio
import mailbox

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox

from . import folder, free_port


class PerRecipient:
    def __init__(self, base, slowness):
        self.base = base
        self.slowness = slowness

    async def handle_DATA(self, server, session, envelope):
        for recipient in envelope.rcpt_tos:
            box = Mailbox(str(self.base / recipient))
            await box.handle_DATA(server, session, envelope)
        await asyncio.sleep(self.slowness)
        return "250 OK"


class Post:
    """The server, while it is entered; it has every mail for some seconds before it says so."""

    def __init__(self, slowness=0):
        self.base = folder()
        self.port = free_port()
        self.server = Controller(PerRecipient(self.base, slowness), hostname="127.0.0.1", port=self.port)

    def __enter__(self):
        self.server.start()
        return self

    def __exit__(self, *_):
        self.server.stop()

    def send(self, programme, *more, **when):
        """Sends what is planned, and gives back how many mails it were."""
        import json

        plan = json.loads(programme.convoca("invite", "plan", "--format", "json", *more, **when))
        programme.convoca(
            "invite", "send", "--yes", plan["plan"], "--server", f"127.0.0.1:{self.port}", "--tls", "none",
            "--per-minute", "60000", *more, **when,
        )
        return plan

    def take(self, address):
        """The mails that came for an address, which are then gone."""
        path = self.base / address
        if not path.exists():
            return []
        box = mailbox.Maildir(path)
        mails = [box.get_bytes(key) for key in sorted(box.keys())]
        box.clear()
        return mails
