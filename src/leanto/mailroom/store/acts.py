"""What an act may do with the database, whichever one it is, and how the store says no."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from leanto.doorway.refusing import Refused


class Rows(Protocol):
    """What a statement gave."""

    @property
    def rowcount(self) -> int: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """One connection. Statements are written once, for SQLite and PostgreSQL alike, with `?`."""

    @property
    def in_transaction(self) -> bool: ...
    def execute(self, statement: str, values: Sequence[Any] = ..., /) -> Rows: ...
    def executemany(self, statement: str, many: Iterable[Sequence[Any]], /) -> object: ...
    def close(self) -> None: ...


type Act[T] = Callable[[Connection], T]
type JoinedAct[I, T] = Callable[[Connection, Sequence[I]], Sequence[T]]


class StoreFull(Refused):
    problem = "store-full"


class TooBusy(Refused):
    problem = "too-busy"


class StoreUnsafe(Exception):
    """The database would not keep what it was given; the mailroom does not start."""
