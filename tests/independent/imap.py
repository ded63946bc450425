"""Answers read from a real mailbox: Dovecot on loopback, over TLS.

Needs: dovecot (Debian: dovecot-imapd), openssl, and to be root or `dovecot` able to run as this user.
"""

import os
import shutil
import socket
import subprocess
import sys
import time

from support import FIXTURES, Programme, folder, free_port, run

base = folder()


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def certificates():
    """An institution's own authority, and a certificate for localhost signed by it."""
    authority, key = base / "authority.pem", base / "authority.key"
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Authority", "-keyout", key, "-out", authority)
    request, extensions = base / "request.pem", base / "extensions"
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", base / "server.key", "-out", request)
    extensions.write_text("subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n")
    openssl("x509", "-req", "-in", request, "-CA", authority, "-CAkey", key, "-CAcreateserial", "-days", "2",
            "-extfile", extensions, "-out", base / "server.pem")
    return authority


def start(port):
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
passdb {{
  driver = static
  args = password=grave
}}
userdb {{
  driver = static
  args = uid=nobody gid=nogroup home={base}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {port}
  }}
}}
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


def main():
    authority, port, programme = certificates(), free_port(), Programme().was_sent()
    server = start(port)
    try:
        read = ["replies", "--imap", f"localhost:{port}", "--user", "secretaria"]
        trusted = {"SSL_CERT_FILE": str(authority)}
        first = programme.convoca(*read, CONVOCA_IMAP_PASSWORD="grave", **trusted)
        assert "5 messages read: 4 answers recorded, 0 known already, 1 not recorded" in first, first
        expected = {"upala": "accepted", "choloma": "declined", "tegucigalpa": "tentative", "panama-city": "counter"}
        assert programme.answers() == expected, programme.answers()
        again = programme.convoca(*read, "--password-command", "echo grave", **trusted)
        assert "0 answers recorded, 4 known already" in again, again
        none = programme.convoca(*read, "--since", "2100-01-01", CONVOCA_IMAP_PASSWORD="grave", **trusted)
        assert none.startswith("0 messages read"), none
        stored = list((base / "mail/secretaria/Maildir").glob("*/*"))
        assert not any(path.name.endswith("S") for path in stored), "nothing is marked as read"
        for says, environment in [
            ("check the user and the password", {"CONVOCA_IMAP_PASSWORD": "wrong", **trusted}),
            ("the password is missing", trusted),
            ("certificate", {"CONVOCA_IMAP_PASSWORD": "grave", "SSL_CERT_FILE": os.devnull}),
        ]:
            refused = run("--programme", programme.path, "--lang", "en", *read, **environment)
            assert refused.returncode == 2 and says in refused.stderr, (says, refused)
    finally:
        server.terminate()
        server.wait()
    print("Dovecot gave 5 messages with 4 answers, twice; three bad logins were refused")


main()
