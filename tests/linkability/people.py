"""A hundred members and twelve peers live for eleven weeks; what they do is chance with a seed.

Pockets act as the real ones do: a card draws when it is entered, a new epoch's passes are drawn at
the first look after a random minute of its first week, passes of the older epoch are spent first,
a request is closed at the peer's first words, and letters are fetched whenever somebody looks.
"""

import heapq
import itertools
import os
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from hashlib import sha256
from random import Random

from leanto.wire.duty import DutyPerson, DutyShift, Standing
from leanto.wire.mailboxes import Fetched, Forget, Post, ReadKeyBody, address_of
from leanto.wire.members import Tier
from leanto.wire.requests import Act, ActBody, Answer, Ask, Claim, Slot, Urgency, Wish
from leanto.wire.tokens import Token
from tests.linkability.rooms import DAY, EPOCHS, FIRST_DAY, HOUR, Desk, Mailroom, MovedClock
from tests.linkability.story import Habits, Member, Talk, Told

MEMBERS, PEERS, UNITS, SLOTS = 100, 12, 10, 12
WEEKS = 11
ENTERED_WITHIN_DAYS = 21
ASKS = 90
BLIND_TOO = 5  # members whose passes are drawn blind by the desk's own key
LOOKS_EVERY_DAYS, IN_A_TALK_EVERY_DAYS, PEER_EVERY_DAYS = 2.5, 0.4, 0.2
TALK_DAYS = 4.0
SAYS_UNIT, BURNS = 0.3, 0.6
PHONE_ADDRESSES, PLACES = 8, (0.55, 0.35, 0.10)


class Town:
    """Plays one game to its end; `told` is what is left of it."""

    def __init__(
        self, desk: Desk, mailroom: Mailroom, clock: MovedClock, seed: int, habits: Habits
    ) -> None:
        self._desk, self._mailroom, self._clock, self._habits = desk, mailroom, clock, habits
        self._chance = Random(seed)  # noqa: S311 -- the game must be the same again
        self._order = itertools.count()
        self._agenda: list[tuple[int, int, Callable[[], Awaitable[None]]]] = []
        self._talks: list[Talk] = []
        self._duty_keys = [[os.urandom(32) for _ in range(WEEKS + 1)] for _ in range(PEERS)]
        self._members = [
            Member(code, self._chance.randrange(UNITS), self._chance.random() < SAYS_UNIT)
            for code in desk.prints(MEMBERS)
        ]
        self.told = Told(
            cards=[desk.digest(one.code) for one in self._members],
            units=[one.unit for one in self._members],
            peer_units=[self._chance.randrange(UNITS) for _ in range(PEERS)],
        )

    async def lives(self) -> None:
        self._plans()
        end = (FIRST_DAY + 7 * WEEKS) * DAY
        dumped = self._clock.now // HOUR
        while self._agenda and self._agenda[0][0] < end:
            at, _, act = heapq.heappop(self._agenda)
            if at // HOUR > dumped:  # the hour is over: somebody copies what is there
                await self._is_copied((dumped + 1) * HOUR)
                dumped = at // HOUR
            self._clock.now = at
            await act()
        await self._is_copied(end)

    async def _is_copied(self, at: int) -> None:
        self._clock.now = at - 1
        await self._mailroom.keeps_house()
        self.told.dumps.append(self._mailroom.copied())

    def _plans(self) -> None:
        for week in range(WEEKS):
            self._at((FIRST_DAY + 7 * week) * DAY, partial(self._new_week, week))
        for who in range(MEMBERS):
            if not self._habits.draws_only_to_ask:
                day = self._chance.uniform(0, ENTERED_WITHIN_DAYS)
                self._at(self._waking(day), partial(self._enters_card, who))
            for day in self._now_and_then(LOOKS_EVERY_DAYS):
                self._at(self._waking(day), partial(self._looks, who))
        for who in range(PEERS):
            for day in self._now_and_then(PEER_EVERY_DAYS):
                self._at(self._waking(day), partial(self._peer_looks, who))
        need = [self._chance.lognormvariate(0, self._habits.need_differs) for _ in range(MEMBERS)]
        for who in self._chance.choices(range(MEMBERS), weights=need, k=ASKS):
            day = self._chance.uniform(ENTERED_WITHIN_DAYS, 7 * WEEKS - 1)
            self._at(int((FIRST_DAY + day) * DAY), partial(self._asks, who))

    async def _new_week(self, week: int) -> None:
        always = (DutyShift(Tier.ON_DUTY, 0, 2**32 - 1),)
        people = []
        for peer, keys in enumerate(self._duty_keys):
            addresses = tuple(address_of(one) for one in keys[max(0, week - 1) : week + 1][::-1])
            self.told.duty |= dict.fromkeys(addresses, peer)
            number = peer.to_bytes(8)
            people.append(DutyPerson(number, Standing.ORDINARY, addresses, always))
        await self._mailroom.hangs_up(self._desk.program, people, week + 1)

    async def _enters_card(self, who: int) -> None:
        self._draws(who, EPOCHS[0], self._network(who))

    async def _looks(self, who: int) -> None:
        """Opens the pocket: what is due is drawn, letters are fetched, some are answered."""
        await self._comes(who, self._network(who))

    async def _comes(self, who: int, network: str) -> None:
        self._draws_if_due(who, network)
        for talk in [one for one in self._talks if one.member == who and one.open]:
            talk.heard_from.add(network)
            await self._reads(talk.reply_key)
            if self._clock.now > talk.until:
                await self._ends(talk)
            else:
                await self._writes(talk.talk_key)

    async def _peer_looks(self, who: int) -> None:
        for talk in [one for one in self._talks if one.peer == who and one.open]:
            if await self._reads(talk.talk_key):
                await self._writes(talk.reply_key)

    async def _asks(self, who: int) -> None:
        network = self._network(who)
        await self._comes(who, network)
        member = self._members[who]
        if not self._may_spend(member):
            self._draws(who, EPOCHS[self._today() >= FIRST_DAY + 60], network)
        usable = self._may_spend(member)
        if not usable:
            return  # used up: this member is on the phone with one of the lines
        epoch, token = usable[0]
        member.tokens.remove((epoch, token))
        week = (self._today() - FIRST_DAY) // 7
        talk = self._new_talk(who, network)
        paid = self._desk.signed(token, epoch)
        await self._mailroom.asked("/requests", self._request(talk, member, week), paid.header())
        digest = paid.nonce if self._habits.numbers_are_kept else sha256(paid.write()).digest()
        self.told.truth[digest] = who
        self.told.heard_from[digest] = talk.heard_from
        if self._clock.now < member.drew_at + HOUR:
            self.told.warned.add(digest)
        waits = self._chance.expovariate(1 / (0.1 * HOUR if self._chance.random() < 0.6 else HOUR))
        self._at(self._clock.now + 60 + int(waits), lambda: self._is_claimed(talk, week))

    async def _is_claimed(self, talk: Talk, week: int) -> None:
        if talk.peer < 0:  # nobody of hers was in reach
            return
        self._talks.append(talk)
        self.told.pockets |= {
            address_of(talk.reply_key): ("member", talk.member),
            address_of(talk.talk_key): ("peer", talk.peer),
        }
        if (self._today() - FIRST_DAY) // 7 > week + 1:
            return
        key = self._duty_keys[talk.peer][week]
        claim = Claim(
            request_id=talk.request_id, read_key=key, talk_address=address_of(talk.talk_key)
        )
        await self._mailroom.asked("/requests/claim", claim.write())
        self._clock.now += 20
        answer = Answer(request_id=talk.request_id, read_key=key, envelope=os.urandom(4096))
        await self._mailroom.asked("/requests/answer", answer.write())
        self._clock.now += 20
        await self._reads(talk.reply_key)
        close = ActBody(request_id=talk.request_id, read_key=talk.reply_key, act=Act.CLOSE)
        await self._mailroom.asked("/requests/act", close.write())
        await self._writes(talk.talk_key)
        for day in self._now_and_then(IN_A_TALK_EVERY_DAYS, start=self._day(), until=talk.until):
            self._at(self._waking(day), lambda: self._looks(talk.member))

    async def _ends(self, talk: Talk) -> None:
        talk.open = False
        if self._chance.random() < BURNS:
            for key in (talk.reply_key, talk.talk_key):
                await self._mailroom.asked("/mailboxes/close", ReadKeyBody(key).write())

    async def _reads(self, read_key: bytes) -> int:
        """Fetches and forgets; gives how many letters there were."""
        fetched = await self._mailroom.asked("/envelopes/fetch", ReadKeyBody(read_key).write())
        ids = tuple(one.id for one in Fetched.read(fetched).envelopes)
        if ids:
            await self._mailroom.asked("/envelopes/forget", Forget(read_key, ids).write())
        return len(ids)

    async def _writes(self, read_key: bytes) -> None:
        body = Post(address_of(read_key), os.urandom(4096)).write()
        await self._mailroom.asked("/envelopes", body)

    def _request(self, talk: Talk, member: Member, week: int) -> bytes:
        eligible = [one for one in range(PEERS) if not self._conflicts(member, one)]
        self._chance.shuffle(eligible)
        talk.peer = eligible[0] if eligible else -1
        addresses = [address_of(self._duty_keys[one][week]) for one in eligible]
        addresses += [os.urandom(16) for _ in range(SLOTS - len(addresses))]
        return Ask(
            request_id=talk.request_id,
            reply_address=address_of(talk.reply_key),
            wish=Wish.FIRST_AVAILABLE,
            urgency=Urgency.NOW,
            slots=tuple(Slot(one, os.urandom(4096)) for one in addresses),
        ).write()

    def _conflicts(self, member: Member, peer: int) -> bool:
        return member.tells_unit and self.told.peer_units[peer] == member.unit

    def _new_talk(self, who: int, network: str) -> Talk:
        lasts = HOUR + int(self._chance.expovariate(1 / TALK_DAYS) * DAY)
        reply_key, talk_key, request_id = os.urandom(32), os.urandom(32), os.urandom(16)
        until = self._clock.now + lasts
        return Talk(request_id, reply_key, talk_key, who, 0, until, {network})

    def _network(self, who: int) -> str:
        """Where they are now: at home, one of many on a phone's network, or at the station."""
        shared = self._chance.randrange(PHONE_ADDRESSES)
        places = (f"home {who}", f"phone {shared}", f"station {self._members[who].unit}")
        return self._chance.choices(places, weights=PLACES)[0]

    def _draws_if_due(self, who: int, network: str) -> None:
        """rules/drawing.ts: at the first look after a random minute of the epoch's first week.

        Not while letters come and go, as long as that week is not over.
        """
        member, begins = self._members[who], (FIRST_DAY + 60) * DAY
        if self._habits.draws_only_to_ask or not member.drawn or EPOCHS[1] in member.drawn:
            return
        if self._clock.now < begins:
            return
        if member.draw_at is None:
            left = max(0, begins + 7 * DAY - self._clock.now)
            member.draw_at = self._clock.now + int(left * self._chance.random())
        in_a_talk = any(one.member == who and one.open for one in self._talks)
        if in_a_talk and self._clock.now < begins + 7 * DAY:
            return
        if self._clock.now >= member.draw_at:
            self._draws(who, EPOCHS[1], network)

    def _draws(self, who: int, epoch: int, network: str) -> None:
        member = self._members[who]
        if sum(one[1:3] == (who, epoch) for one in self.told.draws) >= 3:
            return
        serial = self.told.cards[who][:8] if self._habits.numbers_are_kept else b""
        tokens, batch = self._desk.draws(
            member.code, epoch, serial=serial, blind_too=who < BLIND_TOO
        )
        member.tokens += [(epoch, one) for one in tokens]
        member.drawn.add(epoch)
        member.drew_at = self._clock.now
        self.told.draws.append((self._clock.now, who, epoch, batch))
        self.told.drew_from.append((who, network))

    def _may_spend(self, member: Member) -> list[tuple[int, Token]]:
        """The older epoch's first, as long as they are good."""
        return [one for one in member.tokens if self._today() < 60 * one[0] + 90]

    def _at(self, second: int, act: Callable[[], Awaitable[None]]) -> None:
        heapq.heappush(self._agenda, (second, next(self._order), act))

    def _now_and_then(
        self, every_days: float, *, start: float = 0, until: int | None = None
    ) -> Iterator[float]:
        end = 7 * WEEKS if until is None else until / DAY - FIRST_DAY
        day = start + self._chance.expovariate(1 / every_days)
        while day < end:
            yield day
            day += self._chance.expovariate(1 / every_days)

    def _waking(self, day: float) -> int:
        """That day, at an hour when this person is up: fewer looks between one and six."""
        second = int((FIRST_DAY + day) * DAY)
        asleep = 1 <= second % DAY // HOUR < 6 and self._chance.random() < 0.7
        return second + 6 * HOUR if asleep else second

    def _today(self) -> int:
        return self._clock.now // DAY

    def _day(self) -> float:
        return self._clock.now / DAY - FIRST_DAY
