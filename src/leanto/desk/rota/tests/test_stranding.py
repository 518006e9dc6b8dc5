"""Whatever Cleo does at the rota, whoever submits now reaches a human, or she was told no or why.

The same acts as the pages', on a real database, in any order, also around the nights when clocks
jump; beside them, peers who say no from their own pockets and phones that are lost.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leanto.desk.bulletin.actions import publish
from leanto.desk.bulletin.queries import charter
from leanto.desk.conftest import NOW, KeyHolder
from leanto.desk.cover.standing import alarms_now
from leanto.desk.enrolment.actions import KeysRefused, NotNow, turn_keys_off
from leanto.desk.enrolment.saying import StandingOlder, say_standing
from leanto.desk.enrolment.tests.ben import Phone, enrolled
from leanto.desk.roster import actions as roster
from leanto.desk.roster.models import Peer
from leanto.desk.rota import actions as rota
from leanto.desk.rota.models import Shift
from leanto.desk.rota.people import reachable
from leanto.desk.rota.stranding import WouldStrand
from leanto.desk.site import configuration
from leanto.desk.site.configuration import DeskConfig
from leanto.rules.cover import AHEAD, Kind
from leanto.rules.rota import ANYBODY, Span, gaps
from leanto.rules.weeks import minute_of
from tests.harness.rounds import rounds

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NAMES = ("Ben", "Dev", "Fay")
# Days whose two weeks ahead hold a night of 25 and of 23 hours, and one whose do not.
TIMES = [
    ("Europe/Berlin", datetime(2026, 10, 20, 9, 30, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2027, 3, 22, 9, 30, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 10, 27, 20, tzinfo=UTC)),
    ("America/New_York", datetime(2027, 3, 8, 20, tzinfo=UTC)),
    ("America/Chicago", datetime(2026, 11, 25, 12, tzinfo=UTC)),
]


class Region:
    """Three peers with their phones, a rota, and a clock that may also go back."""

    def __init__(self, *, sign: KeyHolder, now: datetime) -> None:
        self.now = now
        self.phones = {name: Phone(charter().program_id) for name in NAMES}
        for name, phone in self.phones.items():
            enrolled(name, sign=sign.vouch, now=now - DAY, phone=phone, weeks=4)

    def peer(self, number: int) -> Peer:
        return Peer.objects.get(name=NAMES[number % len(NAMES)])

    def silent(self) -> list[Span]:
        """When would whoever asks ring nobody at all, in the next two weeks?"""
        until = self.now + AHEAD
        shifts = reachable(now=self.now, start=self.now, until=until)
        return gaps(shifts=shifts, start=self.now, until=until, tiers=ANYBODY)

    def add(self, who: int, start: int, hours: int) -> None:
        begins = self.now + start * HOUR
        rota.add_shift(
            peer=self.peer(who),
            start=begins,
            until=begins + (hours + 1) * HOUR,
            tier=hours % 3,
            by=None,
            now=self.now,
        )

    def change(self, who: int, start: int, hours: int) -> None:
        if shift := self._some_shift(who):
            begins = self.now + start * HOUR
            rota.change_shift(
                shift=shift,
                peer=self.peer(hours),
                start=begins,
                until=begins + (hours + 1) * HOUR,
                tier=who % 3,
                by=None,
                now=self.now,
            )

    def remove(self, who: int, _start: int, _hours: int) -> None:
        if shift := self._some_shift(who):
            rota.remove_shift(shift=shift, by=None, now=self.now)

    def no_reserve(self, who: int, _start: int, hours: int) -> None:
        peer = self.peer(who)
        roster.change_peer(
            peer=peer,
            name=peer.name,
            agency=peer.agency,
            unit=None,
            chain_of_command="",
            reserve=hours % 4 == 0,
            by=None,
            now=self.now,
        )

    def backstop(self, who: int, _start: int, _hours: int) -> None:
        roster.mark_backstop(peer=self.peer(who), since=self.now.date(), by=None, now=self.now)

    def no_backstop(self, who: int, _start: int, _hours: int) -> None:
        roster.end_backstop(peer=self.peer(who), by=None, now=self.now)

    def say(self, who: int, start: int, hours: int) -> None:
        word = self.phones[NAMES[who % len(NAMES)]].standing(
            now=self.now,
            reserve_consent=hours % 2,
            quiet_from_minute=60 * (start % 24),
            quiet_until_minute=60 * (hours % 24),
            available_until_minute=minute_of(self.now) + start % 900,
        )
        say_standing(body=word, now=self.now)

    def stand_down(self, who: int, _start: int, _hours: int) -> None:
        roster.stand_down(peer=self.peer(who), by=None, now=self.now)

    def keys_off(self, who: int, _start: int, _hours: int) -> None:
        turn_keys_off(peer=self.peer(who), by=None, now=self.now)

    def clock(self, _who: int, start: int, hours: int) -> None:
        self.now += timedelta(hours=-1 if hours % 5 == 0 else start % 40)

    def _some_shift(self, number: int) -> Shift | None:
        shifts = list(Shift.objects.order_by("start", "peer__name"))
        return shifts[number % len(shifts)] if shifts else None


BY_COORDINATORS = ["add", "change", "remove", "no_reserve", "backstop", "no_backstop"]
FOR_CAUSE = ["say", "stand_down", "keys_off"]
REFUSED = (
    rota.Clash,
    rota.NotServing,
    roster.NotPossible,
    WouldStrand,
    StandingOlder,
    NotNow,
    KeysRefused,
)
edits = st.lists(
    st.tuples(
        st.sampled_from([*BY_COORDINATORS * 3, *FOR_CAUSE, "clock"]),
        st.integers(0, 5),
        st.integers(-20, 330),
        st.integers(0, 200),
    ),
    min_size=4,
    max_size=14,
)


@pytest.fixture(params=TIMES, ids=[f"{zone} {now:%Y-%m}" for zone, now in TIMES])
def region(
    request: pytest.FixtureRequest,
    program: DeskConfig,
    monkeypatch: pytest.MonkeyPatch,
    key_holder: KeyHolder,
) -> Region:
    zone, now = request.param
    config = replace(program, time_zone=zone, now=lambda: now)
    monkeypatch.setattr(configuration, "_config", config)
    found = Region(sign=key_holder, now=now)
    publish(now=NOW)
    return found


@settings(
    max_examples=rounds(check=5, soak=200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=edits)
def test_submitting_now_reaches_a_human_or_the_edit_was_refused_or_the_alarm_raised(
    story: list[tuple[str, int, int, int]], region: Region
) -> None:
    """No coordinator's edit makes a silent hour; what a peer decides is never refused, but told."""
    began = region.now
    with transaction.atomic():
        for act, who, start, hours in story:
            before = region.silent()
            with suppress(*REFUSED), transaction.atomic():
                getattr(region, act)(who, start, hours)
            after = region.silent()
            if act in BY_COORDINATORS:
                assert not [one for one in after if not _inside(one, before)]
            told = {alarm.kind for alarm in alarms_now(now=region.now)}
            assert (Kind.NOBODY_RINGS in told) == bool(after)
        transaction.set_rollback(True)
    region.now = began


def _inside(one: Span, others: list[Span]) -> bool:
    return any(other.start <= one.start and one.until <= other.until for other in others)
