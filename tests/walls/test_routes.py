"""Every door of the mailroom says who may knock, and the law says the same."""

import re
from pathlib import Path
from typing import Any

import pytest

from leanto.doorway.bodies import exactly
from leanto.mailroom.mailboxes import leave
from leanto.mailroom.routes import ROUTES, Access, Route
from tests.harness.mailroom import Mailroom, problem

SPEC = Path(__file__).parents[2] / "spec"
DOOR = r"`(GET|POST|PUT) (/[a-z/-]+)`"
LAW = {
    (method, path): line
    for page in ("bulletin.md", "drills.md", "mailboxes.md", "requests.md", "slots.md", "watch.md")
    for line in (SPEC / page).read_text().splitlines()
    for method, path in re.findall(DOOR, line)
}
# One page is about two rooms, and speaks in its sentences of doors whose row stands elsewhere.
NOTIFIER_LAW, AT_THE_MAILROOM = (
    {
        (method, path): line
        for line in part.splitlines()
        for method, path in re.findall(rf"^\| {DOOR}", line)
    }
    for part in (SPEC / "notifier.md").read_text().split("## At the mailroom")
)
LAW |= AT_THE_MAILROOM


def test_the_mailroom_has_the_doors_of_the_law_and_no_other() -> None:
    """A door nobody wrote down is a door nobody guards."""
    assert {(route.method, path) for path, route in ROUTES.items()} == set(LAW)


@pytest.mark.parametrize("path", ROUTES)
def test_a_door_asks_for_what_the_law_says(path: str) -> None:
    """Who may knock is the law's decision, not the code's."""
    route = ROUTES[path]
    assert re.search(rf"\b{route.access.name.lower()}\b", LAW[route.method, path])


def test_a_door_that_asks_for_nothing_cannot_be_built() -> None:
    """Forgetting who may knock stops the program, not the guard."""
    careless: dict[str, Any] = {"method": "POST", "size": exactly(1), "answer": leave}
    with pytest.raises(TypeError, match="access"):
        Route(**careless)


def test_only_a_door_that_takes_a_pass_is_shown_one() -> None:
    """A pass sent along by mistake is not looked at."""
    taking = [p for p, route in ROUTES.items() if route.access is Access.WITH_TOKEN]
    assert taking == ["/requests", "/requests/withdraw", "/slots"]


def test_a_door_that_is_not_there_says_so(mailroom: Mailroom) -> None:
    """Whoever knocks at a wall is told, in the form of every other refusal."""
    assert problem(mailroom.ask("GET", "/admin")) == "not-found"
    assert problem(mailroom.ask("GET", "/envelopes")) == "wrong-method"
    assert problem(mailroom.ask("GET", "/listen")) == "wrong-method"
