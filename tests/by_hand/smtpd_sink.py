"""A mail server that takes everything, in clear, and remembers which mail it took for whom."""

import re
import socket
import threading


class Sink:
    def __init__(self):
        self.mails = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(client,), daemon=True).start()

    def talk(self, client):
        try:
            self.converse(client)
        except OSError:
            pass  # whoever spoke was killed
        finally:
            client.close()

    def converse(self, client):
        lines = client.makefile("rb")
        say = lambda line: client.sendall(line.encode() + b"\r\n")
        say("220 sink")
        to = ""
        for line in lines:
            word = line.split(b" ")[0].strip().upper()
            if word == b"RCPT":
                to = re.search(rb"<([^>]*)>", line).group(1).decode().lower()
            if word == b"DATA":
                say("354 go on")
                mail = b""
                for part in lines:
                    if part == b".\r\n":
                        break
                    mail += part
                else:
                    return
                found = re.search(rb"(?im)^message-id:\s*<([^>]*)>", mail)
                self.mails.append((found.group(1).decode(), to))
            say("221 bye" if word == b"QUIT" else "250 ok")
            if word == b"QUIT":
                return

    def close(self):
        self.socket.close()
