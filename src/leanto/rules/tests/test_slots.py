"""To whom a request is sealed."""

from hypothesis import given
from hypothesis import strategies as st

from leanto.rules.slots import BACKSTOPS, SLOTS, Standing, slot_order

peers = st.tuples(st.sampled_from(Standing), st.floats(0, 1, exclude_max=True))


@given(st.lists(peers, max_size=40))
def test_whoever_is_on_duty_two_who_agreed_to_be_the_last_have_a_copy(
    there: list[tuple[Standing, float]],
) -> None:
    """Two backstops where there are two, nobody twice, and no slot is empty while one has none."""
    who = [standing for standing, _ in there]
    order = slot_order(standings=who, chances=[chance for _, chance in there])
    asked = [who[at] for at in order]
    assert len(order) == len(set(order)) == min(SLOTS, len(who))
    assert asked.count(Standing.BACKSTOP) >= min(BACKSTOPS, who.count(Standing.BACKSTOP))
