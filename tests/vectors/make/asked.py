"""To whom a request is sealed: standings and chances in, the twelve slots out. spec/requests.md."""

import itertools
from typing import Any

from leanto.rules.backstop import backstops_to_ring
from leanto.rules.candidates import Candidate, CandidateState, Tier
from leanto.rules.conflicts import Kind, Mine, in_conflict
from leanto.rules.slots import Standing, slot_order
from tests.vectors.make.cases import Case, seeded

CHOSEN, DUTY = Standing.CHOSEN, Standing.ON_DUTY
BACKSTOP, SHOWS, REST = Standing.BACKSTOP, Standing.SHOWS, Standing.REST


def asked_file() -> dict[str, Any]:
    slots = [_case(name, who) for name, who in CASES]
    net = [_net(waited, has, urgent=urgent) for waited, urgent, has in NET]
    conflicts = [_conflict(*one) for one in itertools.product(PEERS, MINE, (False, True))]
    return {"about": "spec/requests.md", "slots": slots, "net": net, "conflicts": conflicts}


CASES: tuple[tuple[str, list[Standing]], ...] = (
    ("nobody", []),
    ("one peer, whose shift is another time", [REST]),
    ("one on duty and one who shows available", [SHOWS, DUTY]),
    ("the chosen peer before those on duty", [DUTY, DUTY, CHOSEN, REST]),
    ("two backstops behind those on duty", [BACKSTOP, REST, BACKSTOP, DUTY, SHOWS]),
    ("a third backstop comes last", [BACKSTOP] * 3 + [DUTY, REST, REST]),
    ("backstops alone", [BACKSTOP] * 3),
    ("thirteen on duty, and no backstop", [DUTY] * 13),
    ("thirteen on duty leave two slots to backstops", [DUTY] * 13 + [BACKSTOP] * 2),
    ("one backstop needs one slot", [DUTY] * 13 + [BACKSTOP]),
    ("a chosen peer and twelve on duty", [DUTY] * 12 + [CHOSEN, BACKSTOP, BACKSTOP, BACKSTOP]),
    ("of a larger program chance decides", [REST] * 30 + [SHOWS] * 5 + [DUTY] * 2 + [BACKSTOP] * 4),
    ("those who show available before the rest", [REST] * 12 + [SHOWS] * 12),
)


def _case(name: str, who: list[Standing]) -> Case:
    data = seeded(name, max(1, 2 * len(who)))
    # A sixteenth bit apart at least, so that no two languages can round them together.
    chances = [int.from_bytes(data[2 * at : 2 * at + 2]) / 65_536 for at in range(len(who))]
    order = slot_order(standings=who, chances=chances)
    given = {"standings": [str(one) for one in who], "chances": chances}
    return {"name": name, "ok": True, **given, "order": list(order)}


WAITED = (0, 59, 60, 119, 120, 179, 180, 269, 270, 3_600)
NET = tuple(
    (waited, urgent, has) for has in (0, 1, 2) for urgent in (False, True) for waited in WAITED
)


def _net(waited_seconds: int, has: int, *, urgent: bool) -> Case:
    """How many of so many backstops are rung by then, while one peer's phone rings on."""
    state, waiting = CandidateState.RINGING, CandidateState.WAITING
    peer = Candidate(b"p" * 16, Tier.ON_DUTY, state, 0, order=0, reachable=True)
    backstops = [
        Candidate(bytes([at]) * 16, Tier.BACKSTOP, waiting, 0, order=1 + at, reachable=True)
        for at in range(has)
    ]
    rung = backstops_to_ring(
        candidates=[peer, *backstops], urgent=urgent, others_ring=True, now_seconds=waited_seconds
    )
    name = f"{has} backstops, {waited_seconds} s{', urgent' if urgent else ''}"
    given = {"waited_seconds": waited_seconds, "urgent": urgent, "backstops": has}
    return {"name": name, "ok": True, **given, "rung": len(rung)}


PEERS: tuple[tuple[str, tuple[tuple[Kind, str], ...]], ...] = (
    ("a peer without labels", ()),
    ("a peer of Patrol", ((Kind.AGENCY, "north"), (Kind.UNIT, "Patrol"), (Kind.CHAIN, "Jail"))),
    ("one who leads others", ((Kind.AGENCY, "north"), (Kind.LEADS, "north"))),
)
MINE = (
    Mine(),
    Mine(agency="north"),
    Mine(agency="north", unit="Patrol"),
    Mine(agency="north", unit="Jail"),
    Mine(agency="south", unit="Patrol"),
    Mine(unit="Patrol"),
)


def _conflict(peer: tuple[str, tuple[tuple[Kind, str], ...]], mine: Mine, outside: bool) -> Case:  # noqa: FBT001 -- one of a product
    who, labels = peer
    of = " of ".join(part for part in (mine.unit, mine.agency) if part) or "nobody knows where"
    return {
        "name": f"{who}, asked by somebody of {of}{', outside only' if outside else ''}",
        "ok": True,
        "labels": [{"kind": str(kind), "text": text} for kind, text in labels],
        "agency": mine.agency,
        "unit": mine.unit,
        "outside": outside,
        "conflict": in_conflict(labels=labels, mine=mine, outside_only=outside),
    }
