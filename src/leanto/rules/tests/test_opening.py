"""The door opens when every step is green, and no step is green by a near miss."""

from dataclasses import fields, replace
from datetime import date

import pytest

from leanto.rules.opening import Facts, Step, open_steps, still_checked

READY = Facts(
    coordinators=2,
    charter_in_force=True,
    holders=("Rosa Diaz", "Tom Hale"),
    keys_rehearsed=2,
    counsel_named=True,
    lines=5,
    lines_checked=5,
    line_answers=True,
    mail_tested=True,
    phones_reached=1,
    ready_peers=3,
    covered=True,
    retention_adopted=True,
    day_set=True,
)


def red(facts: Facts) -> list[Step]:
    return [one.step for one in open_steps(facts=facts) if not one.green]


@pytest.mark.parametrize(
    ("lacking", "step"),
    [
        ({"coordinators": 1}, Step.COORDINATORS),
        ({"charter_in_force": False}, Step.CHARTER),
        ({"holders": ("Rosa Diaz",)}, Step.SHEETS),
        ({"holders": ("Rosa Diaz", " rosa diaz")}, Step.SHEETS),
        ({"keys_rehearsed": 1}, Step.REHEARSED),
        ({"counsel_named": False}, Step.PACK),
        ({"lines_checked": 4}, Step.HELPLINES),
        ({"lines": 0, "lines_checked": 0}, Step.HELPLINES),
        ({"line_answers": False}, Step.ANSWERING_LINE),
        ({"mail_tested": False}, Step.MAIL),
        ({"phones_reached": 0}, Step.PHONES),
        ({"ready_peers": 2}, Step.PEERS),
        ({"covered": False}, Step.COVER),
        ({"retention_adopted": False}, Step.RETENTION),
        ({"day_set": False}, Step.DAY),
    ],
)
def test_one_thing_missing_keeps_the_door_shut(lacking: dict[str, object], step: Step) -> None:
    """Whatever is missing is named, and alone: nobody mends the wrong thing."""
    assert red(READY) == []
    assert red(replace(READY, **lacking)) == [step]  # type: ignore[arg-type]  # made-up facts


def test_every_fact_decides_something() -> None:
    """A fact that no step looks at would be a promise that nobody keeps."""
    nothing = {one.name: () if one.name == "holders" else 0 for one in fields(Facts)}
    assert red(Facts(**nothing)) == list(Step)  # type: ignore[arg-type]  # nought for false


def test_a_line_is_dialled_again_in_time() -> None:
    """A call of long ago says nothing of tonight; one of last month does."""
    by = date(2027, 2, 21)
    assert still_checked(on=date(2026, 11, 20), verify_by=by, today=by)
    assert not still_checked(on=date(2026, 11, 20), verify_by=by, today=date(2027, 2, 22))
    assert still_checked(on=date(2027, 2, 20), verify_by=by, today=date(2027, 5, 21))
    assert not still_checked(on=date(2027, 2, 20), verify_by=by, today=date(2027, 5, 22))
