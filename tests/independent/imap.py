"""A real mailbox: Dovecot on loopback, over TLS and STARTTLS, with password and token. Answers are read from it, drafts
are laid into it and sent from there by another program, and what was sent is found.

Dovecot asks a small server here whether a token is good (RFC 7662).

Needs: dovecot (Debian: dovecot-imapd), openssl, and to be root or `dovecot` able to run as this user.
"""

import email
import email.policy
import http.server
import imaplib
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.parse

from support import FIXTURES, Programme, folder, free_port, run
from support.certificates import certificates
from support.post import Post

base = folder()
TOKEN = "ya29.a0-token_fresco" * 12
WRONG = "equivocado-y-secreto"


class Introspection(http.server.BaseHTTPRequestHandler):
    """Knows one token."""

    def do_POST(self):
        form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        good = form.get("token") == [TOKEN]
        told = json.dumps({"active": True, "username": "secretaria"} if good else {"active": False}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_):
        pass


def introspection():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Introspection)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def without_starttls():
    """The port of a server that speaks in clear only."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        while True:
            connection, _ = listener.accept()
            with connection, connection.makefile("rwb") as lines:
                lines.write(b"* OK ready\r\n")
                lines.flush()
                for line in lines:
                    tag, command = line.split(maxsplit=1)
                    assert command == b"STARTTLS\r\n", "nothing else is said in clear"
                    lines.write(tag + b" BAD unknown command\r\n")
                    lines.flush()

    threading.Thread(target=serve, daemon=True).start()
    return listener.getsockname()[1]



def start(port, starttls, tokens):
    mail = base / "mail/secretaria/Maildir"
    for name in ("cur", "new", "tmp"):
        (mail / name).mkdir(parents=True)
    for index, path in enumerate(sorted(FIXTURES.glob("*.eml"))):
        # As a server stores them: line ends are LF.
        (mail / "new" / f"{1665000000 + index}.{index}.localhost").write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    for path in base.glob("mail/**/*"):
        shutil.chown(path, "nobody", "nogroup")
    shutil.chown(base / "mail", "nobody", "nogroup")
    (base / "dovecot.conf").write_text(f"""
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{base}/server.pem
ssl_key = <{base}/server.key
mail_location = maildir:{base}/mail/%u/Maildir
first_valid_uid = 1
auth_failure_delay = 0
auth_mechanisms = plain login xoauth2
passdb {{
  driver = static
  mechanisms = plain login
  args = password=grave
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {base}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={base}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Borradores {{
    auto = create
    special_use = \\Drafts
  }}
  mailbox "Enviados & más" {{
    auto = create
    special_use = \\Sent
  }}
}}
# A client that gets it wrong again and again is not made to wait longer each time.
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {starttls}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {port}
  }}
}}
""")
    (base / "oauth2.conf").write_text(f"""
introspection_url = http://127.0.0.1:{tokens}/
introspection_mode = post
username_attribute = username
active_attribute = active
active_value = true
""")
    program = "/usr/sbin/dovecot"
    server = subprocess.Popen([program, "-F", "-c", base / "dovecot.conf"])
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return server
        except OSError:
            time.sleep(0.1)
    server.terminate()
    sys.exit(f"dovecot did not start:\n{(base / 'log').read_text()}")


def refused(programme, read, says, **environment):
    """Fails with these words, and shows no secret."""
    for lang, said in zip(("en", "es"), says):
        ran = run("--programme", programme.path, "--lang", lang, *read, **environment)
        assert ran.returncode == 2 and said in ran.stderr, (said, ran)
        assert not any(secret in ran.stdout + ran.stderr for secret in (WRONG, TOKEN, "grave")), ran
        if "-v" in sys.argv:
            print(ran.stderr)


class Client:
    """Another program at the same mailbox (Python's imaplib)."""

    def __init__(self, port):
        self.imap = imaplib.IMAP4_SSL("localhost", port, ssl_context=ssl._create_unverified_context())
        self.imap.login("secretaria", "grave")

    def mails(self, folder):
        """Number, flags and octets of each message."""
        assert self.imap.select(folder)[0] == "OK", folder
        numbers = self.imap.search(None, "ALL")[1][0].split()
        found = []
        for number in numbers:
            (head, octets), rest = self.imap.fetch(number, "(FLAGS BODY.PEEK[])")[1]
            found.append((number, head + rest, octets))
        return found

    def send(self, number, sent, anew=None):
        """What was a draft is among the sent mails; written anew, where the program does that."""
        if anew is None:
            assert self.imap.copy(number, sent)[0] == "OK"
        else:
            assert self.imap.append(sent, "\\Seen", None, anew)[0] == "OK"
        self.imap.store(number, "+FLAGS", "\\Deleted")


def anew(octets):
    """A mail as a program writes it that keeps text and attachments alone, under another Message-ID."""
    before = email.message_from_bytes(octets, policy=email.policy.SMTP)
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"], mail["To"], mail["Subject"], mail["Message-ID"] = before["From"], before["To"], before["Subject"], "<anew@mua>"
    mail.set_content(before.get_body(("plain",)).get_content())
    attachment, = before.iter_attachments()
    mail.add_attachment(attachment.get_payload(decode=True), maintype="application", subtype="ics", filename="invite.ics")
    return mail.as_bytes()


def drafts(port, trusted):
    programme, client, sent = Programme(), Client(port), '"Enviados &- m&AOE-s"'
    mailbox = ["--imap", f"localhost:{port}", "--user", "secretaria"]
    token = [*mailbox, "--auth", "token"]
    environment = {"CONVOCA_IMAP_PASSWORD": TOKEN, **trusted}
    laid = programme.convoca("invite", "draft", *token, **environment)
    assert "12 mails laid into the folder “Borradores”" in laid, laid
    lying = client.mails("Borradores")
    assert len(lying) == 12 and all(b"\\Draft" in flags for _, flags, _ in lying), lying
    for _, _, octets in lying:
        mail = email.message_from_bytes(octets, policy=email.policy.default)
        part = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
        assert not mail.defects and part[0].get_param("method") == "REQUEST" and b"METHOD:REQUEST" in part[0].get_payload(decode=True)
    # The other program sends all but two: ten as they lie, one of them written anew.
    for index, (number, _, octets) in enumerate(lying[2:]):
        client.send(number, sent, anew(octets) if index == 0 else None)
    client.imap.expunge()
    found = programme.convoca("invite", "record", *mailbox, CONVOCA_IMAP_PASSWORD="grave", **trusted)
    assert "entered in the ledger: 10 mails" in found and "left in the plan: 2 mails: " in found, found
    assert json.loads(programme.convoca("invite", "plan", "--format", "json"))["messages"] == 2
    # A session moves: its drafts that were not sent are replaced, and nothing that somebody else has there is touched.
    client.imap.append("Borradores", "\\Draft", None, b"Subject: mine\r\n\r\nNot sent yet.\r\n")
    programme.change("1-global-initiatives.toml", "^date = 2022-10-27$", "date = 2022-10-20")
    moved = programme.convoca("invite", "draft", *token, **environment)
    assert "4 mails laid into" in moved and "were deleted: " in moved, moved
    lying = client.mails("Borradores")
    assert len(lying) == 5 and any(b"Subject: mine" in octets for *_, octets in lying), len(lying)
    again = programme.convoca("invite", "draft", *token, **environment)
    assert "0 mails laid into" in again and "already from before: 4 mails" in again, again
    assert len(client.mails("Borradores")) == 5 and len(client.mails(sent)) == 10
    # What convoca sends itself has a copy there.
    with Post() as post:
        other = Programme()
        copied = {f"CONVOCA_IMAP_{name}": value for name, value in
                  {"SERVER": f"localhost:{port}", "USER": "secretaria", "PASSWORD": "grave"}.items()}
        post.send(other, today="2022-10-11", **copied, **trusted)
    assert len(client.mails(sent)) == 22, len(client.mails(sent))


def main():
    authority, port, starttls, programme = certificates(base), free_port(), free_port(), Programme().was_sent()
    server = start(port, starttls, introspection())
    try:
        read = ["replies", "--imap", f"localhost:{port}", "--user", "secretaria"]
        in_clear_first = ["replies", "--imap", f"localhost:{starttls}", "--tls", "starttls", "--user", "secretaria"]
        token = ["--auth", "token"]
        trusted = {"SSL_CERT_FILE": str(authority)}
        password = {"CONVOCA_IMAP_PASSWORD": "grave", **trusted}
        first = programme.convoca(*read, **password)
        assert "5 messages read: 4 answers recorded, 0 known already, 1 not recorded" in first, first
        expected = {"upala": "accepted", "choloma": "declined", "tegucigalpa": "tentative", "panama-city": "counter"}
        assert programme.answers() == expected, programme.answers()
        good = [
            ([*read, "--password-command", "echo grave"], trusted),
            (in_clear_first, password),
            ([*read, *token], {"CONVOCA_IMAP_PASSWORD": TOKEN, **trusted}),
            ([*in_clear_first, "--password-command", f"echo {TOKEN}"], {"CONVOCA_IMAP_AUTH": "token", **trusted}),
        ]
        for command, environment in good:
            again = programme.convoca(*command, **environment)
            assert "5 messages read: 0 answers recorded, 4 known already" in again, again
        none = programme.convoca(*read, "--since", "2100-01-01", **password)
        assert none.startswith("0 messages read"), none
        stored = list((base / "mail/secretaria/Maildir").glob("*/*"))
        assert not any(path.name.endswith("S") for path in stored), "nothing is marked as read"

        wrong = {"CONVOCA_IMAP_PASSWORD": WRONG, **trusted}
        untrusted = {"CONVOCA_IMAP_PASSWORD": "grave", "SSL_CERT_FILE": os.devnull}
        clear = ["replies", "--imap", f"localhost:{without_starttls()}", "--tls", "starttls", "--user", "secretaria"]
        bad = [
            (read, wrong, ("check the user and the password", "revise el usuario y la contraseña")),
            (in_clear_first, wrong, ("check the user and the password", "revise el usuario y la contraseña")),
            ([*read, *token], wrong, ("get a new token", "obtenga un token nuevo")),
            ([*read, *token], wrong, ('"status":"401"', "IMAP.AccessAsUser.All")),
            (read, trusted, ("the password is missing", "falta la contraseña")),
            (read, untrusted, ("does not trust the server's certificate", "no confía en el certificado")),
            (in_clear_first, untrusted, ("an authority that is not known here", "una autoridad que aquí no se conoce")),
            (clear, password, ("no encryption (STARTTLS)", "no ofrece cifrado (STARTTLS)")),
            (["replies", "--imap", "mail.example.org", "--tls", "none", "--user", "secretaria"], password, ("in clear", "sin cifrar")),
        ]
        for command, environment, says in bad:
            refused(programme, command, says, **environment)
        drafts(port, trusted)
    finally:
        server.terminate()
        server.wait()
    print(f"Dovecot gave 5 messages with 4 answers, {len(good) + 1} times; {len(bad)} bad logins were refused; 16 drafts and 12 copies")


main()
