"""Hypothesis strategies for what wakes a phone: endpoints, their numbers and their states."""

from hypothesis import strategies as st

from leanto.wire import endpoints, wakes
from leanto.wire.tests.made_up import exactly, ids, keys, texts, u16

kinds = st.sampled_from(endpoints.Kind)


def _endpoint(
    made_id: bytes, kind: endpoints.Kind, address: str, public_key: bytes, auth: bytes
) -> endpoints.Endpoint:
    if kind is endpoints.Kind.PUSH:
        return endpoints.Endpoint(made_id, kind, address, public_key, auth)
    return endpoints.Endpoint(made_id, kind, address)


registered = st.builds(
    _endpoint,
    ids,
    kinds,
    texts.filter(bool),
    exactly(endpoints.PUBLIC_KEY_SIZE),
    exactly(endpoints.AUTH_SIZE),
)
named = st.builds(endpoints.EndpointNamed, ids)
endpoint_states = st.builds(endpoints.EndpointState, st.sampled_from(endpoints.Standing), u16, u16)
ways = st.builds(
    endpoints.Ways,
    exactly(endpoints.PUBLIC_KEY_SIZE),
    st.lists(kinds, max_size=5).map(tuple),
    st.lists(texts, max_size=3).map(tuple),
)
pushed = st.builds(endpoints.Pushed, st.sampled_from(endpoints.What), ids)
duty_wakes = st.builds(
    wakes.DutyWakes,
    keys,
    st.sampled_from(wakes.Drills),
    st.lists(ids.filter(any), max_size=wakes.PLACES, unique=True).map(tuple),
)
duty_tests = st.builds(wakes.DutyTest, keys, st.integers(0, wakes.PLACES - 1))
