"""Drills: who is rung for practice, what is counted of it, and what no request ever changes."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from leanto.doorway.bodies import Question
from leanto.mailroom.answertimes import answer_times
from leanto.mailroom.claims import claim
from leanto.mailroom.drilling import (
    chance_of,
    drill_due,
    forget_drilled,
    set_consent,
    somebody_is_there,
    still_drilling,
)
from leanto.mailroom.drillwaking import DrillWaker
from leanto.mailroom.moment import DAY_SECONDS
from leanto.mailroom.notified import Notifier
from leanto.mailroom.requests import ask
from leanto.mailroom.ringing import ring_due
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.mailroom.store.opening import open_store
from leanto.mailroom.waking import Waker, set_endpoints
from leanto.rules.drills import LASTS_SECONDS, PERIOD_DAYS, DrillKind, drill_moment
from leanto.wire.drills import AnswerTimes, Drill
from leanto.wire.endpoints import Kind, Pushed, What
from leanto.wire.listening import Ring
from leanto.wire.requests import Claim
from leanto.wire.wakes import Drills
from tests.harness.mailroom import Mailroom
from tests.harness.program import Program
from tests.harness.stand_ins import Officer, Peer
from tests.harness.waking.notifier import running_notifier
from tests.power.test_rung_while_looking import Phone, room_of

SEED = bytes(32)
# The calendar that drills count in, against days since 1970.
FIRST_OF_CALENDAR = -719_163
OF_REQUESTS = ("request", "sealed_request", "peer_gauge", "tier_gauge")
OF_DRILLS = ("drill", "answer_time", "drilled")


class Scene:
    """A mailroom in this process, and three peers on duty with open lines who agreed to drills."""

    def __init__(self, mailroom: Mailroom, room: Room, peers: list[Peer]) -> None:
        self.mailroom, self.room, self.peers = mailroom, room, peers
        self.phones = {one.address: Phone() for one in peers}

    async def begin(self) -> None:
        for peer in self.peers:
            self.room.lines.take_over(self.phones[peer.address], [peer.address])
            await self.agree(peer, Drills.DAY_AND_NIGHT)

    async def agree(self, peer: Peer, drills: Drills) -> None:
        person = self.person(peer)
        await self.room.store.write(lambda one: set_consent(one, person=person, drills=drills))

    def person(self, peer: Peer) -> bytes:
        return self.room.board.duty()[peer.address].person

    def to_the_drill_of(self, peer: Peer, kind: DrillKind = DrillKind.BY_DAY) -> None:
        """The clock goes on to the next minute of a drill of theirs."""
        now, chance = self.room.now_seconds(), chance_of(self.person(peer), SEED)
        period = (now // DAY_SECONDS - FIRST_OF_CALENDAR) // PERIOD_DAYS[kind]
        moments = (
            drill_moment(kind=kind, period=one, chance=chance(kind, one))
            for one in (period, period + 1)
        )
        seconds = [(day + FIRST_OF_CALENDAR) * DAY_SECONDS + 60 * at for day, at in moments]
        self.mailroom.clock.forward(seconds=min(one for one in seconds if one > now) - now)

    async def look(self) -> None:
        await drill_due(self.room, SEED)

    async def answer(self, peer: Peer, drill_id: bytes) -> None:
        await self.room.store.write(
            lambda one: somebody_is_there(one, self.room, address=peer.address, drill_id=drill_id)
        )

    def told[Frame](self, peer: Peer, kind: type[Frame]) -> list[Frame]:
        return [one for one in self.phones[peer.address].told if isinstance(one, kind)]

    async def held(self, tables: tuple[str, ...]) -> list[list[object]]:
        def rows(connection: Connection) -> list[list[object]]:
            return [connection.execute(f"SELECT * FROM {one}").fetchall() for one in tables]  # noqa: S608 - named above

        return await self.room.store.read(rows)

    async def minutes(self) -> tuple[int, int, int]:
        outcome = await answer_times(self.room, Question("GET", "/answer-times", b"", None))
        return AnswerTimes.read(outcome.body).minutes

    async def asked(self) -> Officer:
        """Ana asks all three, and they are rung."""
        ana = Officer(self.mailroom)
        token = self.mailroom.program.token_header().encode()
        body = ana.ask_body(*self.peers)
        assert (await ask(self.room, Question("POST", "/requests", body, token))).status == 201
        await ring_due(self.room)
        return ana


def played(folder: Path, story: Callable[[Scene], Awaitable[None]]) -> None:
    async def play() -> None:
        mailroom = Mailroom(folder, Program(today=int(time.time()) // DAY_SECONDS))
        peers = [Peer(mailroom) for _ in range(3)]
        with closing(open_store(mailroom.database)) as store:
            scene = Scene(mailroom, room_of(mailroom, store, *peers), peers)
            await scene.begin()
            await story(scene)

    asyncio.run(play())


def test_a_drill_rings_whoever_agreed_once_and_touches_no_request(tmp_path: Path) -> None:
    """Ben is rung for practice at his minute, not again in it, and is told again at a listen."""

    async def story(scene: Scene) -> None:
        ben, fay, _ = scene.peers
        await scene.agree(fay, Drills.NONE)
        before = await scene.held(OF_REQUESTS)
        scene.to_the_drill_of(ben)
        for _ in range(3):
            await scene.look()
        (drill,) = scene.told(ben, Drill)
        assert not scene.told(ben, Ring)
        again = await scene.room.store.read(
            lambda one: still_drilling(one, scene.room.board.duty(), [ben.address, fay.address])
        )
        assert again == [(ben.address, drill.write())]
        await scene.answer(ben, drill.drill_id)
        scene.mailroom.clock.forward(seconds=90)
        await scene.look()
        assert len(scene.told(ben, Drill)) == 1
        scene.to_the_drill_of(fay)
        await scene.look()
        assert not scene.told(fay, Drill)
        assert await scene.held(OF_REQUESTS) == before

    played(tmp_path, story)


def test_a_drill_wakes_a_sleeping_phone_by_the_ways_of_a_ring(tmp_path: Path) -> None:
    """Push at once and mail 20 seconds later, until Ben taps; the other phones sleep on."""
    for one in ("notifier", "mailroom"):
        (tmp_path / one).mkdir()

    with running_notifier(tmp_path / "notifier") as notifier:
        phone, mailed = notifier.phone("ben"), notifier.way(Kind.EMAIL, "ben@example.org")
        another = notifier.phone("fay")

        async def story(scene: Scene) -> None:
            ben, fay, _ = scene.peers
            scene.room = replace(scene.room, waker=Waker(Notifier(notifier.place)))
            scene.room.lines.leave(ben.address)  # his page is closed
            await scene.room.store.write(
                lambda one: set_endpoints(one, scene.person(ben), (phone.id, mailed))
            )
            await scene.room.store.write(
                lambda one: set_endpoints(one, scene.person(fay), (another.id,))
            )
            drills = DrillWaker()
            scene.to_the_drill_of(ben)
            await scene.look()
            await drills.wake_drilled(scene.room)
            (came,) = notifier.ways.push.waits_for(1, path="/ben")
            assert phone.opens(came.body) == Pushed(What.WAKE, phone.id)
            await drills.wake_drilled(scene.room)
            assert notifier.ways.office.letters == []
            scene.mailroom.clock.forward(seconds=20)
            await drills.wake_drilled(scene.room)
            notifier.ways.office.waits_for(1, to="ben@example.org")
            assert [one.path for one in notifier.ways.push.came] == ["/ben"]

        played(tmp_path / "mailroom", story)


def test_five_drills_of_three_people_say_how_soon_somebody_answers(tmp_path: Path) -> None:
    """Officers are told minutes only when they are about nobody in particular."""

    async def story(scene: Scene) -> None:
        drills = 0
        while await scene.minutes() == (0, 0, 0):
            peer = scene.peers[drills % 3]
            scene.to_the_drill_of(peer)
            await scene.look()
            scene.mailroom.clock.forward(seconds=20)
            await scene.answer(peer, scene.told(peer, Drill)[drills // 3].drill_id)
            drills += 1
            scene.mailroom.clock.forward(seconds=LASTS_SECONDS)
            await scene.look()
            assert await scene.held(("drill",)) == [[]]
        assert 5 <= drills <= 40
        assert set(await scene.minutes()) == {0, 1}
        gone = {scene.person(scene.peers[0])}
        await scene.room.store.write(lambda one: forget_drilled(one, gone))
        assert await scene.minutes() == (0, 0, 0)

    played(tmp_path, story)


def test_what_nobody_answers_counts_as_that(tmp_path: Path) -> None:
    """A drill in silence is no answer of fifteen minutes, and its row is gone by then."""

    async def story(scene: Scene) -> None:
        (ben, *_) = scene.peers
        scene.to_the_drill_of(ben)
        await scene.look()
        (drill,) = scene.told(ben, Drill)
        scene.mailroom.clock.forward(seconds=LASTS_SECONDS)
        await scene.look()
        drills, cells, _ = await scene.held(OF_DRILLS)
        assert (drills, [cell[1] for cell in cells]) == ([], [255])  # type: ignore[index] # a row
        await scene.answer(ben, drill.drill_id)
        assert (await scene.held(OF_DRILLS))[1] == cells

    played(tmp_path, story)


def test_no_request_ever_changes_what_drills_say(tmp_path: Path) -> None:
    """Ana asks, Ben takes it and lets it go: whoever reads the answer times sees nothing of it."""

    async def story(scene: Scene) -> None:
        ben, *_ = scene.peers
        before = await scene.held(OF_DRILLS)
        ana = await scene.asked()
        assert scene.told(ben, Ring)
        await scene.answer(ben, ana.request_id)
        body = Claim(
            request_id=ana.request_id, read_key=ben.read_key, talk_address=bytes(16)
        ).write()
        outcome = await claim(scene.room, Question("POST", "/requests/claim", body, None))
        assert outcome.status == 200
        scene.mailroom.clock.forward(seconds=61)
        await ring_due(scene.room)
        await scene.look()
        assert await scene.held(OF_DRILLS) == before == [[], [], []]

    played(tmp_path, story)


def test_whom_a_request_rings_is_not_drilled_and_a_drill_it_meets_counts_for_nothing(
    tmp_path: Path,
) -> None:
    """Nobody takes Ana for practice, and her ring spoils no number and makes none."""

    async def story(scene: Scene) -> None:
        ben, *_ = scene.peers
        scene.to_the_drill_of(ben)
        await scene.asked()
        await scene.look()
        assert scene.told(ben, Ring)
        assert not scene.told(ben, Drill)

    async def met(scene: Scene) -> None:
        ben, *_ = scene.peers
        scene.to_the_drill_of(ben)
        await scene.look()
        (drill,) = scene.told(ben, Drill)
        await scene.asked()
        await scene.answer(ben, drill.drill_id)
        _, cells, drilled = await scene.held(OF_DRILLS)
        assert (cells, drilled) == ([], [])

    for name, one in (("rung", story), ("met", met)):
        folder = tmp_path / name
        folder.mkdir()
        played(folder, one)
