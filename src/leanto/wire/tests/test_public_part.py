"""The one part that is JSON: strict in what the law names, whole in what it passes on."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leanto.wire.errors import WireError
from leanto.wire.public import PublicPart, TokenKey
from leanto.wire.tests.made_up import some, texts, u16
from tests.harness.rounds import rounds

unhurried = settings(
    max_examples=rounds(check=100, soak=20_000),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
pytestmark = pytest.mark.soak

anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.floats() | st.text(max_size=9),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=9), inside),
    max_leaves=8,
)
objects = st.dictionaries(texts, texts, max_size=3)
parts = st.builds(
    PublicPart,
    program=objects,
    pack=objects,
    helplines=some(objects),
    token_keys=some(st.builds(TokenKey, u16, u16, u16, st.binary(max_size=40))),
    patience=st.fixed_dictionaries({"now": u16, "today": u16, "whenever": u16}),
    card_place=objects,
)


@unhurried
@given(part=parts)
def test_what_was_written_is_read(part: PublicPart) -> None:
    """Desk, mailroom and pocket mean the same part."""
    assert PublicPart.read(part.write()) == part


@unhurried
@given(part=parts, name=st.sampled_from(PublicPart.__slots__), other=anything)
def test_a_member_of_another_kind_is_refused_or_kept(
    part: PublicPart, name: str, other: object
) -> None:
    """Whatever stands there, nothing but a wire error comes of it, and nothing is lost."""
    document = json.loads(part.write()) | {name: other}
    refused_or_kept(json.dumps(document).encode())


@unhurried
@given(noise=st.binary(max_size=60) | anything.map(lambda one: json.dumps(one).encode()))
def test_noise_raises_nothing_but_a_wire_error(noise: bytes) -> None:
    """Max hangs up what he likes: the mailroom goes on."""
    refused_or_kept(noise)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[:-1],
        lambda text: text + "1",
        lambda text: text.replace('"now":10', '"now":10.0'),
        lambda text: text.replace('"now":10', '"now":true'),
        lambda text: text.replace('"now":10', '"now":NaN'),
        lambda text: text.replace('"now":10', '"now":10,"soon":1'),
        lambda text: text.replace('"pack":{}', '"pack":{"a":"\\ud800"}'),
        lambda text: text.replace('"pack":{}', '"pack":{"a":1e999}'),
        lambda text: text.replace('"pack":{}', '"pack":' + '{"a":' * 20_000 + "1" + "}" * 20_000),
    ],
)
def test_what_the_law_does_not_name_is_refused(spoil: Callable[[str], str]) -> None:
    """Half a character, a number that is none, one member more: readers would differ."""
    patience = {"now": 10, "today": 60, "whenever": 600}
    part: dict[str, Any] = {"program": {}, "pack": {}, "card_place": {}, "helplines": ()}
    text = PublicPart(**part, token_keys=(), patience=patience).write().decode()
    assert spoil(text) != text
    with pytest.raises(WireError):
        PublicPart.read(spoil(text).encode())


def refused_or_kept(data: bytes) -> None:
    try:
        read = PublicPart.read(data)
    except WireError:
        return
    assert PublicPart.read(read.write()) == read
