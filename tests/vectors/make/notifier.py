"""Endpoints, and which of them wake a peer. spec/notifier.md."""

from typing import Any

from leanto.wire.endpoints import (
    Endpoint,
    EndpointNamed,
    EndpointState,
    Kind,
    Pushed,
    Standing,
    Ways,
    What,
)
from leanto.wire.wakes import Drills, DutyTest, DutyWakes
from tests.vectors.make.cases import TODAY, Case, Read, bad, good, seeded, spoiled

ID = seeded("endpoint id", 16)
READ_KEY = seeded("duty read key", 32)
PUBLIC_KEY = b"\x04" + seeded("p256dh", 64)
AUTH = seeded("auth", 16)


def notifier_file() -> dict[str, Any]:
    push = Endpoint(ID, Kind.PUSH, "https://push.example.org/a", PUBLIC_KEY, AUTH)
    mail = good("e-mail", Endpoint(ID, Kind.EMAIL, "ben@example.org"))
    state = good("working", EndpointState(Standing.WORKING, TODAY, TODAY - 1))
    ways = Ways(PUBLIC_KEY, (Kind.PUSH, Kind.NTFY), ("https://ntfy.example.org",))
    wakes = DutyWakes(READ_KEY, Drills.BY_DAY, (ID, seeded("another endpoint id", 16)))
    two, pushed = good("two endpoints", wakes), good("a wake", Pushed(What.WAKE, ID))
    test = good("the third", DutyTest(READ_KEY, 2))
    return {
        "about": "spec/notifier.md. `named` is forget, state, alive, wake and keep",
        "endpoint": [
            *_with_failures(good("web push", push), Endpoint.read),
            *_with_failures(mail, Endpoint.read),
            bad("a kind of 0", mail, Endpoint.read, at=17, put="00"),
            bad("a kind of 6", mail, Endpoint.read, at=17, put="06"),
            bad("something behind it", mail, Endpoint.read, at=2047, put="01"),
        ],
        "named": _with_failures(good("an endpoint", EndpointNamed(ID)), EndpointNamed.read),
        "state": [
            *_with_failures(state, EndpointState.read),
            good("gone", EndpointState(Standing.GONE, 0, 0)),
            bad("neither working nor gone", state, EndpointState.read, at=1, put="03"),
        ],
        "ways": [
            *_with_failures(good("push and ntfy", ways), Ways.read),
            good("push alone", Ways(PUBLIC_KEY, (Kind.PUSH,), ())),
        ],
        "push": [
            *_with_failures(pushed, Pushed.read),
            good("a ping", Pushed(What.PING, ID)),
            bad("neither wake nor ping", pushed, Pushed.read, at=1, put="03"),
        ],
        "duty_wakes": [
            *_with_failures(two, DutyWakes.read),
            good("nothing", DutyWakes(READ_KEY, Drills.NONE, ())),
            bad("drills of 3", two, DutyWakes.read, at=33, put="03"),
            bad("a spare place in front", two, DutyWakes.read, at=34, put="00" * 16),
            bad("one endpoint twice", two, DutyWakes.read, at=50, put=ID.hex()),
        ],
        "duty_test": [
            *_with_failures(test, DutyTest.read),
            bad("a fourth place", test, DutyTest.read, at=33, put="03"),
        ],
    }


def _with_failures(case: Case, read: Read) -> list[Case]:
    return [case, *spoiled(case, read)]
