"""Which ways a ring has taken by now: the open page, then one endpoint after the other."""

# A page that is looked at says so within seconds; one that lies in a pocket never does.
PAGE_HAS_SECONDS = 5
AFTER_SECONDS = (0, 20, 40)


def places_due(*, rung_for_seconds: int, line_open: bool) -> int:
    """How many of a peer's endpoints, in their order, a ring of this age should have woken.

    For a ring of which nobody said that it was heard, claimed or passed. A ring that seems to come
    from a time to come, because the clock was set back, is one that has just begun.
    """
    age = max(0, rung_for_seconds)
    first = PAGE_HAS_SECONDS if line_open else AFTER_SECONDS[0]
    return sum(age >= after for after in (first, *AFTER_SECONDS[1:]))
