"""What a file would change, line by line, before anything is changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from leanto.desk.people.models import Staff


class Mark(StrEnum):
    """What becomes of one line."""

    NEW = "new"
    SAME = "same"
    TROUBLE = "trouble"


type Act = Callable[[Staff | None, datetime], None]


@dataclass(frozen=True)
class Line:
    """One line of the file, and in a sentence what becomes of it."""

    number: int
    mark: Mark
    says: str


@dataclass(frozen=True)
class Plan:
    """Every line, and the acts that do what the new ones say. With trouble there is no act."""

    lines: tuple[Line, ...]
    acts: tuple[Act, ...]

    @classmethod
    def of(cls, lines: Sequence[Line], acts: Sequence[Act]) -> "Plan":
        """A plan in which one line of trouble holds up everything."""
        held = any(one.mark is Mark.TROUBLE for one in lines)
        return cls(tuple(lines), () if held else tuple(acts))

    @property
    def troubles(self) -> tuple[Line, ...]:
        """The lines that somebody has to mend first."""
        return tuple(one for one in self.lines if one.mark is Mark.TROUBLE)

    @property
    def news(self) -> int:
        """How many lines would add something."""
        return sum(one.mark is Mark.NEW for one in self.lines)

    @property
    def sames(self) -> int:
        """How many lines would change nothing."""
        return sum(one.mark is Mark.SAME for one in self.lines)


class Trouble(Exception):
    """This line cannot be used; the message says why and what to write instead."""
