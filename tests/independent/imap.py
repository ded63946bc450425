"""Answers read from a real mailbox: Dovecot on loopback, over TLS and STARTTLS, with password and token.

Dovecot asks a small server here whether a token is good (RFC 7662).

Needs: dovecot (Debian: dovecot-imapd), openssl, and to be root or `dovecot` able to run as this user.
"""

import http.server
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.parse

from support import FIXTURES, Programme, folder, free_port, run
from support.certificates import certificates

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
    finally:
        server.terminate()
        server.wait()
    print(f"Dovecot gave 5 messages with 4 answers, {len(good) + 1} times; {len(bad)} bad logins were refused")


main()
