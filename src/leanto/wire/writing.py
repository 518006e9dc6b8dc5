"""The other direction of `reading`: appends exactly what the law says, refuses anything else."""

from collections.abc import Iterable
from typing import Self

from leanto.wire.errors import WrongLayout
from leanto.wire.reading import VERSION
from leanto.wire.texts import write_text


class Writer:
    """Collects bytes in order; `done()` gives them. Every method gives the writer back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def done(self) -> bytes:
        return b"".join(self._parts)

    def exactly(self, data: bytes, size: int) -> Self:
        if len(data) != size:
            raise WrongLayout(f"{len(data)} bytes where {size} belong")
        self._parts.append(data)
        return self

    def rest(self, data: bytes) -> Self:
        """Bytes that something before has already measured."""
        self._parts.append(data)
        return self

    def u8(self, value: int) -> Self:
        return self._number(value, 1)

    def u16(self, value: int) -> Self:
        return self._number(value, 2)

    def u32(self, value: int) -> Self:
        return self._number(value, 4)

    def version(self) -> Self:
        return self.u8(VERSION)

    def at_most(self, count: int, limit: int) -> Self:
        if count > limit:
            raise WrongLayout(f"more than {limit}")
        return self.u8(count)

    def flag(self, value: bool) -> Self:  # noqa: FBT001 - the flag is the value itself
        return self.u8(int(value))

    def text8(self, text: str) -> Self:
        data = write_text(text)
        return self.u8(len(data)).rest(data)

    def text16(self, text: str) -> Self:
        data = write_text(text)
        return self.u16(len(data)).rest(data)

    def chunks(self, items: Iterable[bytes], size: int) -> Self:
        for item in items:
            self.exactly(item, size)
        return self

    def zeros_up_to(self, size: int) -> Self:
        """Canonical padding: zeros until everything written is `size` bytes long."""
        missing = size - sum(len(part) for part in self._parts)
        if missing < 0:
            raise WrongLayout("longer than its place")
        return self.rest(bytes(missing))

    def _number(self, value: int, size: int) -> Self:
        if not 0 <= value < 1 << (8 * size):
            raise WrongLayout(f"{value} does not fit into {size} bytes")
        return self.rest(value.to_bytes(size))
