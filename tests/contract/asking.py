"""How schemathesis asks at the doors of spec/openapi.json, and what it looks at in the answers.

It loads this file by its path and knows nothing else of ours. STAGE names a file with what people
know who really are there, and with their passes, so that more than refusals happen.
"""

import json
import os
from collections.abc import Callable
from dataclasses import fields, replace
from itertools import cycle
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import strategies as st
from schemathesis import Case, CheckContext, Response
from schemathesis.transport.serialization import Binary

from leanto.wire import (
    charter,
    draws,
    drills,
    endpoints,
    enrolment,
    head,
    mailboxes,
    requests,
    slots,
)
from leanto.wire.public import PublicPart
from leanto.wire.tests import made_up, made_up_endpoints
from leanto.wire.tests import made_up_bodies as bodies

STAGE = json.loads(Path(os.environ["STAGE"]).read_text("utf-8"))
PEOPLE: list[dict[str, bytes]] = [
    {name: bytes.fromhex(one) for name, one in who.items()} for who in STAGE["people"]
]
PASSES = cycle(STAGE["passes"])

ASKED = {
    "charter": made_up.charters,
    "bulletin": bodies.whole_bulletins(),
    "post": bodies.posts,
    "read-key": bodies.read_key_bodies,
    "forget": bodies.forgets,
    "ask": bodies.asks,
    "seal": bodies.seals,
    "act": bodies.acts,
    "keyed": bodies.keyed_bodies,
    "claim": bodies.claims,
    "answer": bodies.answers,
    "rest": bodies.rest_bodies,
    "duty-wakes": made_up_endpoints.duty_wakes,
    "duty-test": made_up_endpoints.duty_tests,
    "endpoint": made_up_endpoints.registered,
    "endpoint-named": made_up_endpoints.named,
    "slot-opened": bodies.slots_opened,
    "slot-written": bodies.slots_written,
    "draw": bodies.draws,
    "hand-in": made_up.hand_ins,
    "state-asked": bodies.states_asked,
    "bundles": bodies.bundles_bodies,
    "standing": bodies.standing_bodies,
}
SAID: dict[str, Callable[[bytes], object]] = {
    "charter": charter.Charter.read,
    "lineage": charter.Lineage.read,
    "head": head.Head.read,
    "public-part": PublicPart.read,
    "sealed-members": bytes,
    "token-keys": draws.TokenKeys.read,
    "answer-times": drills.AnswerTimes.read,
    "fetched": mailboxes.Fetched.read,
    "asked": requests.Asked.read,
    "sealed": requests.Sealed.read,
    "state": requests.StateAnswer.read,
    "claimed": requests.Claimed.read,
    "slot-receipt": slots.SlotReceipt.read,
    "slot": slots.SlotFetched.read,
    "drawn": draws.Drawn.read,
    "ways": endpoints.Ways.read,
    "endpoint-state": endpoints.EndpointState.read,
    "enrolment-state": enrolment.EnrolmentAnswer.read,
}


@st.composite
def asked(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> Binary:
    """A body as the law says; mostly of somebody who is there, sometimes with a byte put wrong."""
    value = draw(values)
    known = draw(st.sampled_from([*PEOPLE, {}]))
    names = {field.name for field in fields(value)}
    value = replace(value, **{name: known[name] for name in known.keys() & names})
    data = bytearray(value.write())
    match draw(st.integers(0, 11)):
        case 0:
            data[draw(st.integers(0, min(99, len(data) - 1)))] ^= 1 << draw(st.integers(0, 7))
        case 1:
            data = data[: draw(st.integers(0, len(data)))]
        case 2:
            data += b"\0"
    return Binary(bytes(data))


for _name, _values in ASKED.items():
    schemathesis.openapi.format(_name, asked(_values))


@schemathesis.auth(refresh_interval=None)
class Passes:
    """A door that takes a pass is shown one: fresh until there are no more, then a spent one."""

    def get(self, case: Case[Any], _context: object) -> str:
        return next(PASSES) if case.operation.definition.raw["x-access"] == "with_token" else ""

    def set(self, case: Case[Any], one: str, _context: object) -> None:
        if one:
            case.headers["Authorization"] = one


@schemathesis.check
def is_a_refusal_of_this_door(_context: CheckContext, response: Response, case: Case[Any]) -> None:
    """A refusal is one that the document names for this door, and has its status."""
    if response.status_code >= 400:
        name = response.json()["type"].removeprefix("urn:leanto:problem:")
        lawful = case.operation.definition.raw["x-problems"]
        wrong_method = {"wrong-method"} if response.status_code == 405 else set()
        assert name in {*lawful, *wrong_method}, f"{name} is no refusal of this door"


@schemathesis.check
def is_read_by_the_law(_context: CheckContext, response: Response, case: Case[Any]) -> None:
    """A good answer has the one layout that the document names."""
    if response.status_code in {200, 201} and response.content:
        law = case.operation.responses.find_by_status_code(response.status_code)
        assert law is not None
        content = law.definition["content"]["application/octet-stream"]
        SAID[content["schema"]["format"]](response.content)
