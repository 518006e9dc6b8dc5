"""Whom an officer must not be brought together with: the pocket's rule, for who plays a pocket.

The twin of pocket/src/rules/conflicts.ts; spec/vectors/asked.json holds for both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a peer is labelled with."""

    AGENCY = "agency"
    UNIT = "unit"
    CHAIN = "chain"
    LEADS = "leads"
    """An agency in which they lead others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """What somebody says of themselves on their own device; None where they said nothing."""

    agency: str | None = None
    unit: str | None = None


def in_conflict(
    *, labels: Sequence[tuple[Kind, str]], mine: Mine, outside_only: bool = False
) -> bool:
    """Must this peer not be asked by this officer?

    Same unit, or over or under each other: always, for in several states protection is lost then.
    Somebody who leads others: for all of their agency, and for whoever has not said which agency
    is theirs. Same agency: only when the officer wants someone from outside.
    """

    def has(kind: Kind, text: str | None) -> bool:
        return text is not None and (kind, text) in labels

    kinds = {kind for kind, _ in labels}
    same_agency = has(Kind.AGENCY, mine.agency)
    # Two agencies may both have a unit called Patrol: another agency's is no conflict.
    elsewhere = mine.agency is not None and Kind.AGENCY in kinds and not same_agency
    if has(Kind.UNIT, mine.unit) and not elsewhere:
        return True
    if has(Kind.LEADS, mine.agency) or (mine.agency is None and Kind.LEADS in kinds):
        return True
    if has(Kind.CHAIN, mine.unit) or has(Kind.CHAIN, mine.agency):
        return True
    return outside_only and same_agency
