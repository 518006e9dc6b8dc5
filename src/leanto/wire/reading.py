"""A strict cursor over bytes: takes exactly what the law says and refuses everything else."""

from collections.abc import Callable

from leanto.wire.errors import WrongLayout, WrongSize
from leanto.wire.texts import read_text

VERSION = 1


class Reader:
    """Reads in order. Every method raises WrongLayout when the bytes do not fit."""

    def __init__(self, data: bytes, *, size: int | None = None) -> None:
        """`size`: the one length this body takes; WrongSize when it has another."""
        if size is not None and len(data) != size:
            raise WrongSize(f"{len(data)} bytes instead of {size}")
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        end = self._at + size
        if end > len(self._data):
            raise WrongLayout("ends too early")
        taken = self._data[self._at : end]
        self._at = end
        return taken

    def u8(self) -> int:
        return self.take(1)[0]

    def u16(self) -> int:
        return int.from_bytes(self.take(2))

    def u32(self) -> int:
        return int.from_bytes(self.take(4))

    def version(self) -> None:
        if self.u8() != VERSION:
            raise WrongLayout("unknown version")

    def at_most(self, limit: int) -> int:
        """A count in one byte that the law limits."""
        count = self.u8()
        if count > limit:
            raise WrongLayout(f"more than {limit}")
        return count

    def flag(self) -> bool:
        value = self.u8()
        if value > 1:
            raise WrongLayout("a flag is neither 0 nor 1")
        return value == 1

    def one_of[Number: int](self, kinds: Callable[[int], Number]) -> Number:
        """A u8 that has to be a member of this IntEnum."""
        try:
            return kinds(self.u8())
        except ValueError:
            raise WrongLayout("a kind that does not exist") from None

    def text8(self) -> str:
        return read_text(self.take(self.u8()))

    def text16(self) -> str:
        return read_text(self.take(self.u16()))

    def many[Item](self, read_one: Callable[[], Item], *, count: int) -> tuple[Item, ...]:
        return tuple(read_one() for _ in range(count))

    def chunks(self, size: int, *, count: int) -> tuple[bytes, ...]:
        """`count` items of `size` bytes each."""
        return tuple(self.take(size) for _ in range(count))

    def zeros(self, size: int) -> None:
        if any(self.take(size)):
            raise WrongLayout("padding is not zero")

    @property
    def left(self) -> int:
        """How many bytes are still to be read."""
        return len(self._data) - self._at

    def end(self) -> None:
        if self._at != len(self._data):
            raise WrongLayout("bytes are left over")
