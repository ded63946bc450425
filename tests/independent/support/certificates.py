"""An institution's own authority, and a certificate of localhost that it signed."""

import subprocess


def openssl(*arguments):
    subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True)


def certificates(base):
    """Writes server.pem and server.key, and gives back the certificate of the authority."""
    authority, key = base / "authority.pem", base / "authority.key"
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Authority", "-keyout", key, "-out", authority)
    request, extensions = base / "request.pem", base / "extensions"
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", base / "server.key", "-out", request)
    extensions.write_text("subjectAltName=DNS:localhost\nbasicConstraints=CA:FALSE\n")
    openssl("x509", "-req", "-in", request, "-CA", authority, "-CAkey", key, "-CAcreateserial", "-days", "2",
            "-extfile", extensions, "-out", base / "server.pem")
    return authority
