"""A mail server on this computer: takes letters and keeps them, refuses all, or is away."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from leanto.mail.settings import Mail, Tls

TAKEN = b"250 taken\r\n"


@dataclass
class PostOffice:
    """`refuses`: it answers, and takes nothing. `letters`: what it took, oldest first."""

    port: int
    refuses: bool = False
    letters: list[tuple[str, EmailMessage]] = field(default_factory=list)

    @property
    def mail(self) -> Mail:
        """How a program is told of it."""
        sender = "program@example.org"
        return Mail(host="127.0.0.1", port=self.port, sender=sender, tls=Tls.NONE)

    def texts(self, *, to: str) -> list[str]:
        """What this person has in their mailbox."""
        return [letter.get_content() for address, letter in self.letters if address == to]


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True  # it closes and opens again at one port
    daemon_threads = True


@contextmanager
def post_office(port: int = 0) -> Iterator[PostOffice]:
    """Open from here to the end of the block; nobody answers at its port before and after."""

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 post office\r\n")
            to = ""
            while line := self.rfile.readline():
                verb = line[:4].upper()
                if verb == b"RCPT":
                    to = line.decode().partition("<")[2].partition(">")[0]
                    self.wfile.write(b"550 no\r\n" if office.refuses else TAKEN)
                elif verb == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    letter = message_from_bytes(b"".join(self._letter()), policy=default)
                    assert isinstance(letter, EmailMessage)
                    office.letters.append((to, letter))
                    self.wfile.write(TAKEN)
                elif verb == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                else:
                    self.wfile.write(TAKEN)

        def _letter(self) -> Iterator[bytes]:
            while (line := self.rfile.readline()) != b".\r\n":
                yield line.removeprefix(b".")

    with _Server(("127.0.0.1", port), Talk) as server:
        office = PostOffice(port=server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield office
        finally:
            server.shutdown()
            thread.join()
