"""One request and everyone who may be rung for it, with every frame written down.

A story compares the whole list: a phone that rings though nobody said so fails it like one that
does not.
"""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from leanto.wire.duty import DutyPerson, DutyShift, Standing
from leanto.wire.listening import FromMailroom, Hush, HushReason, RequestFrame, Ring
from leanto.wire.members import Tier
from leanto.wire.plan import PlannedRing
from leanto.wire.requests import Act, Ask, RequestState, Wish
from tests.harness.mailroom import Mailroom
from tests.harness.program import ALWAYS
from tests.harness.stand_ins import Line, Officer, Peer, line_to

SAID_WITHIN_SECONDS = 5
SILENT_FOR_SECONDS = 0.2  # four looks of a swift mailroom
NOON = 12
HUSHED = {
    HushReason.ANSWERED: "is thanked",
    HushReason.ENDED: "falls silent",
    HushReason.NO_LONGER_LISTED: "is no longer listed",
}
SAID = {
    RequestState.RINGING: "it rings",
    RequestState.TAKEN: "it is taken",
    RequestState.ANSWERED: "it is answered",
    RequestState.NOBODY_LEFT: "nobody is left",
}


@dataclass
class Night:
    """Peers by name, all on one line, which also hears the officers."""

    mailroom: Mailroom
    line: Line
    peers: Mapping[str, Peer]
    ana: Officer
    _names: dict[bytes, str] = field(default_factory=dict)
    _last_said: dict[bytes, str] = field(default_factory=dict)
    _asked_at: int = 0

    def ask(
        self,
        *names: str,
        wish: Wish = Wish.FIRST_AVAILABLE,
        urgent: bool = False,
        plan: Sequence[tuple[int, int]] = (),
    ) -> None:
        """A fresh request, sealed to these in this order."""
        self.ana = Officer(self.mailroom)
        self._names[self.ana.address] = "ana"
        self.line.listen(self.ana.read_key)
        body = Ask.read(self.ana.ask_body(*(self.peers[name] for name in names), wish=wish))
        body = replace(body, urgent=urgent, plan=tuple(PlannedRing(*one) for one in plan))
        token = self.mailroom.program.token_header()
        assert self.mailroom.post("/requests", body.write(), token).status == 201
        self._asked_at = self.mailroom.clock.seconds()

    def at(self, seconds: int, *expected: str) -> None:
        """So many seconds after asking exactly this has been said since the last look, in words."""
        self.mailroom.clock.forward(
            seconds=self._asked_at + seconds - self.mailroom.clock.seconds()
        )
        self.hears(*expected)

    def hears(self, *expected: str) -> None:
        """Exactly this has been said, in any order, and nothing more; said again counts once."""
        assert self._heard(len(expected)) == sorted(expected)

    def rings_once(self, *names: str) -> None:
        """These phones ring, each once; what Ana is told meanwhile is not looked at."""
        rung = [one for one in self._heard(len(names) + 1) if not one.startswith("ana")]
        assert rung == sorted(f"{name} rings" for name in names)

    def takes(self, name: str) -> None:
        """This peer claims, and answers in time."""
        assert self.peers[name].claim(self.ana.request_id).status == 200
        self.hears("ana: it is taken")
        assert self.peers[name].answer(self.ana.request_id).status == 201

    def clears(self, *expected: str) -> None:
        """Ana ends it; these phones fall silent."""
        assert self.ana.act(Act.CANCEL).status == 204
        self.hears(*(f"{name} falls silent" for name in expected))

    def _heard(self, at_least: int) -> list[str]:
        heard: list[str] = []
        deadline = time.monotonic() + SAID_WITHIN_SECONDS
        while len(heard) < at_least and time.monotonic() < deadline:
            heard += self._words()
        time.sleep(SILENT_FOR_SECONDS)
        return sorted(heard + self._words())

    def _words(self) -> list[str]:
        return [one for one in map(self._in_words, self._frames()) if one]

    def _frames(self) -> Iterator[FromMailroom]:
        while True:
            try:
                yield self.line.next(FromMailroom.__value__, within_seconds=0.05)
            except TimeoutError:
                return

    def _in_words(self, frame: FromMailroom) -> str:
        match frame:
            case Ring(address):
                return f"{self._names[address]} rings"
            case Hush(address, _, reason):
                return f"{self._names[address]} {HUSHED[reason]}"
            case RequestFrame(address, state):
                said, before = SAID[state], self._last_said.get(address)
                self._last_said[address] = said
                return f"ana: {said}" if said != before else ""
            case _:
                return ""


@contextmanager
def night_of(mailroom: Mailroom, *, hour: int = NOON, **tiers: Tier | None) -> Iterator[Night]:
    """These people, each in one tier around the clock or in none; every phone listens.

    `hour` is of UTC.
    """
    clock = mailroom.clock
    clock.forward(seconds=(hour * 3600 - clock.seconds()) % 86_400)
    peers = {name: Peer(mailroom) for name in tiers}
    people = [
        DutyPerson(os.urandom(8), Standing.ORDINARY, (peers[name].address,), _always(tier))
        for name, tier in tiers.items()
    ]
    assert mailroom.ask("PUT", "/charter", mailroom.program.charter()).status == 204
    bulletin = mailroom.program.bulletin_of(people, serial=2)
    assert mailroom.ask("PUT", "/bulletin", bulletin).status == 204
    with line_to(mailroom) as line:
        line.listen(*(peer.read_key for peer in peers.values()))
        names = {peer.address: name for name, peer in peers.items()}
        yield Night(mailroom, line, peers, Officer(mailroom), names)


def _always(tier: Tier | None) -> tuple[DutyShift, ...]:
    return () if tier is None else (DutyShift(tier, *ALWAYS),)
