"""spec/openapi.json names the doors that know no name as they are: method, access and refusals."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver

from leanto.desk.site.access import NAMELESS
from leanto.mailroom.routes import ROUTES
from leanto.notifier.routes import ROUTES as NOTIFIER
from leanto.wire.problems import PROBLEMS
from tests.contract import test_doors
from tests.walls.test_desk_routes import access_of, routes

SPEC = Path(__file__).parents[2] / "spec"
DOCUMENT: dict[str, Any] = json.loads((SPEC / "openapi.json").read_text("utf-8"))
DOORS = {
    (method, path): operation
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if method != "servers"
}
every_door = pytest.mark.parametrize(("method", "path"), DOORS)
# A room says these of what is no door of its; no door itself does.
OF_NO_DOOR = {"not-found", "wrong-method"}


def test_the_document_has_the_doors_that_are_there_and_no_other() -> None:
    """Whoever builds another pocket finds every door, and none that is not there."""
    mailroom = {
        (route.method.lower(), path): route.access.name.lower() for path, route in ROUTES.items()
    }
    desk = {
        ("post", path): access.value
        for path, entry in routes(get_resolver())
        if (access := access_of(entry)) in NAMELESS and access is not None
    }
    notifier = {
        (route.method.lower(), path): route.access.name.lower() for path, route in NOTIFIER.items()
    }
    stated = {door: operation["x-access"] for door, operation in DOORS.items()}
    assert stated == mailroom | notifier | desk


@every_door
def test_a_door_has_the_statuses_of_its_refusals(method: str, path: str) -> None:
    """Each status of the document is that of a named refusal, or of a good answer."""
    operation = DOORS[method, path]
    refusals = {str(PROBLEMS[name].status) for name in operation["x-problems"]}
    good = set(operation["responses"]) - refusals
    assert refusals <= set(operation["responses"])
    assert len(good) == 1
    assert good <= {"200", "201", "204"}


@every_door
def test_a_door_takes_a_pass_when_the_document_says_so(method: str, path: str) -> None:
    """Access and the pass that is shown say the same."""
    operation = DOORS[method, path]
    assert ("security" in operation) == (operation["x-access"] == "with_token")
    assert ("servers" in DOCUMENT["paths"][path]) == bool(re.match(test_doors.ELSEWHERE, path))


def test_every_refusal_of_the_law_is_some_doors() -> None:
    """A refusal that no door has would be a word without meaning."""
    used = {name for operation in DOORS.values() for name in operation["x-problems"]}
    assert used | OF_NO_DOOR == set(PROBLEMS)


def test_every_page_of_the_law_names_these_doors() -> None:
    """The pages decide; the document repeats them for machines."""
    pages = "\n".join(path.read_text("utf-8") for path in SPEC.glob("*.md"))
    named = set(re.findall(r"`(GET|POST|PUT) (/[a-z/-]+)`", pages))
    assert {(method.upper(), path) for method, path in DOORS} == named


def test_every_layout_it_names_is_asked_and_read() -> None:
    """No body of the document is left out when the doors are tried."""
    text = json.dumps(DOCUMENT)
    asking = (Path(test_doors.__file__).parent / "asking.py").read_text("utf-8")
    formats = set(re.findall(r'"format": "([a-z-]+)"', text))
    assert formats == set(re.findall(r'^    "([a-z-]+)": ', asking, re.MULTILINE))
