"""A change after which somebody who asks would ring nobody is not saved, and says when."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from leanto.desk.rota.people import reachable
from leanto.rules.cover import AHEAD, stranded
from leanto.rules.rota import Shift, Span


class WouldStrand(Exception):
    """After this change nobody at all would be rung in `span`, where now somebody would.

    Nobody: not on duty, not available, not in reserve, no backstop with a live key.
    """

    def __init__(self, span: Span) -> None:
        super().__init__()
        self.span = span


@contextmanager
def nobody_stranded(*, now: datetime) -> Iterator[None]:
    """Hold a change of who may be rung to this: use it inside the change's own transaction.

    Looks at the next 14 days. What nobody covered before is no reason to refuse. Raises
    WouldStrand, by which the transaction is undone.
    """
    before = _ahead(now)
    yield
    if lost := stranded(before=before, after=_ahead(now), now=now):
        raise WouldStrand(lost[0])


def _ahead(now: datetime) -> list[Shift]:
    return reachable(now=now, start=now, until=now + AHEAD)
