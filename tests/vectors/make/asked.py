"""To whom a request is sealed: standings and chances in, the twelve slots out. spec/requests.md."""

from typing import Any

from leanto.rules.slots import Standing, slot_order
from tests.vectors.make.cases import Case, seeded

CHOSEN, DUTY = Standing.CHOSEN, Standing.ON_DUTY
BACKSTOP, SHOWS, REST = Standing.BACKSTOP, Standing.SHOWS, Standing.REST


def asked_file() -> dict[str, Any]:
    return {"about": "spec/requests.md", "slots": [_case(name, who) for name, who in CASES]}


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
