"""A mail server on this computer that can refuse, put off, hang up and hang. It speaks as much SMTP
as it takes."""

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Literal

from leanto.mail.settings import Mail, Tls
from tests.harness.net import LOOPBACK

type Mood = Literal["take", "refuse", "greylist", "drop", "hang"]

ANSWERS = dict.fromkeys(("EHLO", "HELO", "MAIL", "RSET", "NOOP"), b"250 ok")
REFUSALS = {"refuse": b"550 no", "greylist": b"451 later"}
# Of each letter, whatever it says: when it was written, and which one it is.
OF_EACH_LETTER = {"Date", "Message-ID"}


@dataclass(frozen=True)
class Letter:
    at: float
    to: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        message = message_from_bytes(self.raw, policy=default)
        assert isinstance(message, EmailMessage)
        return message

    def bytes_alike(self) -> bytes:
        """All of it but for whom, when and which."""
        lines = self.raw.split(b"\r\n")
        own = tuple(f"{name}: ".encode() for name in (*OF_EACH_LETTER, "To"))
        return b"\r\n".join(line for line in lines if not line.startswith(own))


@dataclass
class PostOffice:
    """`mood` is how it is now, for everyone who comes; `towards` says it for some addresses.

    `letters`: what it took, oldest first.
    """

    port: int = 0
    mood: Mood = "take"
    towards: dict[str, Mood] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    tries: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def mail(self) -> Mail:
        """How a program is told of it."""
        return Mail(host=LOOPBACK, port=self.port, sender="program@example.org", tls=Tls.NONE)

    def mood_towards(self, address: str) -> Mood:
        return self.towards.get(address, self.mood)

    def texts(self, *, to: str) -> list[str]:
        """What this person has in their mailbox."""
        return [one.message.get_content() for one in self.letters if one.to == to]

    def waits_for(self, count: int, *, to: str = "", seconds: float = 30) -> list[Letter]:
        deadline = time.monotonic() + seconds
        while len(found := [one for one in self.letters if to in one.to]) < count:
            assert time.monotonic() < deadline, f"{len(found)} of {count} letters to {to}"
            time.sleep(0.02)
        return found


@contextmanager
def post_office(port: int = 0) -> Iterator[PostOffice]:
    """Open from here to the end of the block; nobody answers at its port before and after."""
    office = PostOffice()
    clerk = type("OurClerk", (Clerk,), {"office": office})
    with Counter((LOOPBACK, port), clerk) as server:
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield office
        finally:
            office.ended.set()
            server.shutdown()
            thread.join()


class Clerk(socketserver.StreamRequestHandler):
    """One conversation, in the mood that the office is in."""

    office: PostOffice

    def handle(self) -> None:
        if self.office.mood == "hang":
            self.office.ended.wait()
            return
        self.says(b"220 here")
        to = ""
        while line := self.rfile.readline():
            verb = line[:4].decode("ascii", "replace").upper()
            if verb == "QUIT":
                self.says(b"221 bye")
                return
            if verb == "RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
                self.office.tries.append(to)
                self.says(REFUSALS.get(self.office.mood_towards(to), b"250 ok"))
            elif verb != "DATA":
                self.says(ANSWERS.get(verb, b"502 what"))
            elif self.office.mood_towards(to) == "drop":
                return
            else:
                self.says(b"354 go on")
                self.takes(to)

    def takes(self, to: str) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line.removesuffix(b"\r\n").removeprefix(b"."))
        self.office.letters.append(Letter(time.monotonic(), to, b"\r\n".join(lines)))
        self.says(b"250 taken")

    def says(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")


class Counter(socketserver.ThreadingTCPServer):
    allow_reuse_address = True  # it closes and opens again at one port
    daemon_threads = True
