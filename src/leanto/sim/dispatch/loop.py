"""The town's clock: a heap of what happens next, from the first request to the last.

It rings whom a policy names, and knows what comes of it: somebody answers, passes or lets it ring;
the others were woken for nothing and are a little more tired for a month.
"""

import heapq
import math
from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol

from leanto.sim.dispatch.assumptions import DAY_SECONDS, WARM_DAYS, Part
from leanto.sim.dispatch.records import Ending, Guess, Open, Outcome, Person, Phone, Run
from leanto.sim.dispatch.world import Asking, World

NIGHT_COUNTS = 2
TALK_WEIGHS = 3


@dataclass(frozen=True, slots=True)
class Look:
    """What a policy wants: whom to ring now, and when to be asked again."""

    ring: tuple[int, ...]
    next_at: int


class Policy(Protocol):
    """A way of ringing. It is told what a mailroom could know, and no more."""

    def look(self, town: "Town", request: Open, now: int) -> Look:
        """Called at asking, at each `next_at`, and when somebody passes."""

    def guess(self, town: "Town", request: Open, person: int, now: int) -> float | None:
        """The chance that this person answers this ring, if the policy has one."""

    def learn(self, town: "Town", request: Open, phone: Phone, now: int) -> None:
        """Called once for each phone when it falls silent, whoever answered."""


class Town:
    """One policy's way through one world."""

    def __init__(self, world: World, policy: Policy, *, net: bool) -> None:
        """`net`: backstops may be rung, and the outside line answers."""
        self.world = world
        self.net = net
        self.persons = [Person() for _ in range(world.persons)]
        self._policy = policy
        self._open: dict[int, Open] = {}
        self._events: list[tuple[int, int, _Kind, int, int]] = []
        self._pushed = 0
        self._outcomes: list[Outcome] = []
        self._guesses: list[Guess] = []

    def run(self) -> Run:
        """From the first request to the last; each ends exactly once."""
        askings = self.world.askings
        for asking in askings:
            self._push(asking.at_seconds, _Kind.ASKS, asking.number)
        while self._events:
            now, _, kind, number, person = heapq.heappop(self._events)
            if kind is _Kind.ASKS:
                self._asks(askings[number], now)
            elif number in self._open:
                self._goes_on(kind, self._open[number], person, now)
        return Run(self.world, self._outcomes, self.persons, self._guesses)

    def can_be_rung(self, person: int, request: Open, now: int) -> bool:
        """Not in a talk, not resting, not rung for another request?"""
        who = self.persons[person]
        return who.busy_until <= now and who.rung_for in {None, request.asking.number}

    def alarms(self, person: int, now: int) -> float:
        """Needless rings of 30 days, decayed; one at night counts two."""
        who = self.persons[person]
        return who.alarms * self._faded(now - who.alarms_at)

    def burden(self, person: int, now: int) -> float:
        """Rings and, three times as heavy, talks of 30 days, decayed."""
        who = self.persons[person]
        return who.burden * self._faded(now - who.burden_at)

    def _asks(self, asking: Asking, now: int) -> None:
        request = self._open[asking.number] = Open(asking)
        self._push(now + asking.gives_up_seconds, _Kind.LEAVES, asking.number)
        self._push(now + self.world.assumptions.watched_seconds, _Kind.UNWATCHED, asking.number)
        helped = self.world.helpline_after_seconds(asking) if self.net else None
        if helped is not None:
            self._push(now + helped, _Kind.HELPED, asking.number)
        self._look(request, now)

    def _goes_on(self, kind: "_Kind", request: Open, person: int, now: int) -> None:
        if kind is _Kind.LOOKS:
            if now == request.next_look_at:
                self._look(request, now)
        elif kind is _Kind.PASSES:
            self._passes(request, request.phones[person], now)
        elif kind is _Kind.ANSWERS:
            self._answers(request, person, now)
        elif request.answered_by is None or kind in {_Kind.CONNECTED, _Kind.HELPED}:
            self._close(request, kind, now)

    def _look(self, request: Open, now: int) -> None:
        if request.answered_by is not None:
            return
        look = self._policy.look(self, request, now)
        for person in look.ring:
            self._ring(request, person, now)
        request.next_look_at = max(look.next_at, now + 1)
        self._push(request.next_look_at, _Kind.LOOKS, request.asking.number)

    def _ring(self, request: Open, person: int, now: int) -> None:
        who, number = self.persons[person], request.asking.number
        who.rung_for = number
        phone = request.phones.get(person)
        if phone is None:
            guess = self._policy.guess(self, request, person, now)
            phone = request.phones[person] = Phone(person, rung_at=now, changed_at=now)
        else:
            guess = None
            phone.rings += 1
            phone.rung_at, phone.changed_at, phone.passed = now, now, False
        tired = self._tired_logits(person, now)
        answers = self.world.answers_after_seconds(
            request.asking, person, tired=tired, ring=phone.rings
        )
        if guess is not None:
            self._guesses.append(Guess(now, guess, answers is not None))
        if answers is not None:
            self._push(now + answers, _Kind.ANSWERS, number, person)
        elif phone.rings == 1:
            passes = self.world.passes_after_seconds(request.asking, person)
            if passes is not None:
                self._push(now + passes, _Kind.PASSES, number, person)

    def _tired_logits(self, person: int, now: int) -> float:
        known = self.world.assumptions
        if person >= self.world.peers:
            return 0
        tired = self.alarms(person, now) * known.tired_logits_per_alarm
        return min(tired, known.tired_at_most_logits)

    def _passes(self, request: Open, phone: Phone, now: int) -> None:
        phone.passed, phone.changed_at = True, now
        self.persons[phone.person].rung_for = None
        self._policy.learn(self, request, phone, now)
        self._look(request, now)

    def _answers(self, request: Open, person: int, now: int) -> None:
        """First come. The words follow; nobody else is rung meanwhile."""
        if request.answered_by is not None:
            return
        request.answered_by = person
        connected = now + self.world.assumptions.connect_seconds
        if person < self.world.peers:
            self.persons[person].talks += 1
            busy = self.world.busy_seconds(request.asking, person)
            self.persons[person].busy_until = connected + busy
        self._push(connected, _Kind.CONNECTED, request.asking.number)

    def _close(self, request: Open, kind: "_Kind", now: int) -> None:
        del self._open[request.asking.number]
        needless = [0, 0]
        for person, phone in request.phones.items():
            who = self.persons[person]
            if who.rung_for == request.asking.number:
                who.rung_for = None
            if not phone.passed:
                self._policy.learn(self, request, phone, now)
            if person != request.answered_by:
                needless[person >= self.world.peers] += phone.rings
            self._remember(request, phone, now)
        self._outcomes.append(
            Outcome(
                asking=request.asking,
                ending=self._ending(request, kind),
                waited_seconds=now - request.asking.at_seconds,
                needless=needless[0],
                needless_backstop=needless[1],
            )
        )

    def _remember(self, request: Open, phone: Phone, now: int) -> None:
        """How tired the rings of this request leave a person."""
        who, asking = self.persons[phone.person], request.asking
        answered = phone.person == request.answered_by
        weight = phone.rings * (NIGHT_COUNTS if asking.part is Part.NIGHT else 1)
        who.burden = self.burden(phone.person, now) + weight * (TALK_WEIGHS if answered else 1)
        who.burden_at = now
        if answered:
            return
        who.alarms = self.alarms(phone.person, now) + weight
        who.alarms_at = now
        if asking.part is Part.NIGHT and asking.at_seconds >= WARM_DAYS * DAY_SECONDS:
            who.needless_at_night += phone.rings

    def _ending(self, request: Open, kind: "_Kind") -> Ending:
        if kind is not _Kind.CONNECTED:
            return _ENDINGS[kind]
        peers = self.world.peers
        by_peer = request.answered_by is not None and request.answered_by < peers
        return Ending.PEER if by_peer else Ending.BACKSTOP

    def _faded(self, seconds: int) -> float:
        return math.exp(-seconds / (self.world.assumptions.tired_days * DAY_SECONDS))

    def _push(self, at: int, kind: "_Kind", number: int, person: int = -1) -> None:
        self._pushed += 1
        heapq.heappush(self._events, (at, self._pushed, kind, number, person))


class _Kind(IntEnum):
    ASKS = 0
    LOOKS = 1
    ANSWERS = 2
    CONNECTED = 3
    PASSES = 4
    LEAVES = 5
    UNWATCHED = 6
    HELPED = 7


_ENDINGS = {
    _Kind.LEAVES: Ending.LEFT,
    _Kind.UNWATCHED: Ending.NEVER,
    _Kind.HELPED: Ending.HELPLINE,
}
