"""Where everyone stands on the way from a name on the roster to a peer whom officers can ask."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from leanto.desk.enrolment.queries import panel
from leanto.desk.roster.models import Peer
from leanto.desk.rota.people import own_word
from leanto.rules.weeks import date_of

OURS = ("none", "expired", "handed-in", "confirmed")
"""Steps at which the next act is the coordinator's, or the key holder's by their hand."""
WAITING = ("untested", "unopened", "invited")
READY, STOOD_DOWN = "ready", "stood-down"


@dataclass(frozen=True, kw_only=True)
class OnTheWay:
    """One peer: `step` is a state of their keys, or what their phone has not shown yet, or ready.

    `reached_on`: the day of the last test that arrived. `opened_on`: of the last made-up request
    that their phone opened.
    """

    peer: Peer
    step: str
    handle: str
    invited_until: date | None
    reached_on: date | None
    opened_on: date | None


def on_the_way(peers: Iterable[Peer], *, now: datetime) -> list[OnTheWay]:
    """Where each of these peers stands: first whoever waits for the desk, last who is ready."""
    found = [one for one in (_one(peer, now=now) for peer in peers) if one.step != STOOD_DOWN]
    order = [*OURS, *WAITING, READY]
    return sorted(found, key=lambda one: (order.index(one.step), one.peer.name))


def _one(peer: Peer, *, now: datetime) -> OnTheWay:
    keys, word = panel(peer=peer, now=now), own_word(peer)
    reached_on = date_of(word.reached_day) if word and word.reached_day else None
    opened_on = keys.enrolment.opened_on if keys.enrolment else None
    return OnTheWay(
        peer=peer,
        step=_shown(reached_on, opened_on) if keys.step == "vouched" else keys.step,
        handle=keys.enrolment.handle if keys.enrolment else "",
        invited_until=keys.invited_until,
        reached_on=reached_on,
        opened_on=opened_on,
    )


def _shown(reached_on: date | None, opened_on: date | None) -> str:
    if reached_on is None:
        return "untested"
    return READY if opened_on else "unopened"
