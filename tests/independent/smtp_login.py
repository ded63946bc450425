"""Mails handed in as institutions want it: encrypted, and after a login with a password or a token.

The server is aiosmtpd with a certificate of a private authority. Whatever goes wrong is said in both
languages, nothing counts as sent then, and the password or token is shown nowhere.

Needs: openssl.
"""

import base64
import json
import logging
import os
import ssl
import sys
import warnings

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from support import Programme, folder, free_port, run
from support.certificates import certificates

USER, PASSWORD, TOKEN = "secretaría@example.org", "contraseña 'grave'", "ya29.a0-token_fresco" * 12
WRONG = "equivocado-y-secreto"

# The server tells at length of every client that leaves.
logging.getLogger("mail.log").setLevel(logging.CRITICAL)
warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")


class Account:
    """Takes mails of whoever logs in, and says why it takes no token as Microsoft 365 and Gmail say it."""

    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope.rcpt_tos[0])
        return "250 OK"

    def password(self, server, session, envelope, mechanism, data):
        return AuthResult(success=(data.login, data.password) == (USER.encode(), PASSWORD.encode()), handled=False)

    async def auth_XOAUTH2(self, server, arguments):
        told = base64.b64decode(arguments[1]).decode()
        if told == f"user={USER}\x01auth=Bearer {TOKEN}\x01\x01":
            return AuthResult(success=True)
        answer = await server.challenge_auth('{"status":"401","schemes":"bearer","scope":"https://mail.example.org/"}')
        assert answer == b"", "the client answers with an empty line"
        return AuthResult(success=False, handled=False)


class Server:
    """How it speaks: `starttls`, `tls`, or `clear`; and what it leaves out."""

    def __init__(self, base, speaks, **without):
        self.account, self.port = Account(), free_port()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(base / "server.pem", base / "server.key")
        how = {
            "starttls": {"tls_context": context, "require_starttls": True},
            "tls": {"ssl_context": context, "auth_require_tls": False},
            "clear": {"auth_require_tls": False},
        }[speaks]
        self.controller = Controller(
            self.account, hostname="localhost", port=self.port, auth_required=True,
            authenticator=self.account.password, **how, **without,
        )

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()


def send(server, lang="en", *more, secret=PASSWORD, **environment):
    """Sends session 1 in a new programme, and gives back what was printed and the kinds in the ledger."""
    programme = Programme()
    plan = json.loads(programme.convoca("invite", "plan", "--session", "1", "--format", "json"))["plan"]
    ran = run(
        "--programme", programme.path, "--lang", lang, "invite", "send", "--session", "1", "--yes", plan, "--per-minute", "60000",
        "--server", f"localhost:{server.port}", "--timeout", "10", *more,
        CONVOCA_SMTP_USER=USER, CONVOCA_SMTP_PASSWORD=secret, **environment,
    )
    path = programme.path / "invitations.jsonl"
    ledger = path.read_text(encoding="utf-8") if path.exists() else ""
    for said in (ran.stdout, ran.stderr, ledger):
        for hidden in (PASSWORD, TOKEN, WRONG, base64.b64encode(WRONG.encode()).decode()):
            assert hidden not in said, said
    # What the links of all mails are made from is no line of a mail.
    kinds = (json.loads(line)["kind"] for line in ledger.splitlines())
    return ran, [kind for kind in kinds if kind != "links"]


def main():
    base = folder()
    trusted = {"SSL_CERT_FILE": str(certificates(base))}
    token = ("--auth", "token")

    good = [("starttls", (), PASSWORD), ("tls", ("--tls", "tls"), PASSWORD), ("clear", ("--tls", "none"), PASSWORD),
            ("starttls", token, TOKEN), ("tls", ("--tls", "tls", "--autenticacion", "token"), TOKEN)]
    for speaks, more, secret in good:
        with Server(base, speaks) as server:
            ran, kinds = send(server, "en", *more, secret=secret, **trusted)
            assert ran.returncode == 0 and "4 of 4 mails sent" in ran.stdout, ran
            assert len(server.account.mails) == 4 and kinds == ["sending", "sent"] * 4, kinds
    with Server(base, "starttls") as server:
        ran, kinds = send(server, "es", secret="", CONVOCA_SMTP_AUTH="token",
                          CONVOCA_SMTP_PASSWORD_COMMAND=f"printf '%s\\n' {TOKEN}", **trusted)
        assert ran.returncode == 0 and "4 de 4 correos enviados" in ran.stdout, ran

    bad = [
        ("starttls", {}, (), WRONG, trusted, ("check the user and the password", "revise el usuario y la contraseña")),
        ("tls", {}, ("--tls", "tls"), WRONG, trusted, ("check the user and the password", "revise el usuario y la contraseña")),
        ("starttls", {}, token, WRONG, trusted, ("get a new token", "obtenga un token nuevo")),
        ("starttls", {}, token, WRONG, trusted, ('535', '"scope":"https://mail.example.org/"')),
        ("starttls", {"auth_exclude_mechanism": ["XOAUTH2"]}, token, TOKEN, trusted, ("takes no tokens", "no acepta tokens")),
        ("starttls", {"auth_exclude_mechanism": ["PLAIN", "LOGIN"]}, (), PASSWORD, trusted,
         ("takes no passwords", "no acepta contraseñas")),
        ("clear", {}, (), PASSWORD, trusted, ("no encryption (STARTTLS)", "no ofrece cifrado (STARTTLS)")),
        ("starttls", {}, (), PASSWORD, {"SSL_CERT_FILE": os.devnull}, ("does not trust the server's certificate", "no confía en el certificado")),
        ("tls", {}, ("--tls", "tls"), PASSWORD, {"SSL_CERT_FILE": os.devnull}, ("an authority that is not known here", "una autoridad que aquí no se conoce")),
        ("starttls", {}, (), "", trusted, ("the password is missing", "falta la contraseña")),
        ("starttls", {}, token, "", trusted, ("the token is missing", "falta el token")),
        ("starttls", {}, ("--password-command", "exit 3"), "", trusted, ("failed: it ended with status 3", "falló: terminó con el código 3")),
    ]
    for speaks, without, more, secret, environment, says in bad:
        with Server(base, speaks, **without) as server:
            for lang, said in zip(("en", "es"), says):
                ran, kinds = send(server, lang, *more, secret=secret, **environment)
                assert ran.returncode == 2 and said in ran.stderr, (said, ran)
                assert not server.account.mails and kinds == [], kinds
                if "-v" in sys.argv:
                    print(ran.stderr)
    print(f"aiosmtpd took mails after {len(good) + 1} good logins, and {len(bad)} bad ones were refused with a word of help")


main()
