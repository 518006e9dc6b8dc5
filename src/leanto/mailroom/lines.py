"""The open lines: which mailbox is heard by which socket, in memory and nowhere else."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

# A pocket that falls this far behind is cut off. It comes back and is given everything again.
BEHIND_AT_MOST = 1024


class Line:
    """One open socket. Pushing never waits for the other side."""

    def __init__(self, send: Callable[[bytes], Awaitable[None]]) -> None:
        self.send = send
        self.addresses: set[bytes] = set()
        self._outbox: deque[bytes] = deque()
        self._wake = asyncio.Event()

    def push(self, frame: bytes) -> None:
        self._outbox.append(frame)
        self._wake.set()

    async def carry(self) -> None:
        """Sends what was pushed, in order; returns when the other side is too far behind."""
        while len(self._outbox) <= BEHIND_AT_MOST:
            if not self._outbox:
                self._wake.clear()
                await self._wake.wait()
            await self.send(self._outbox.popleft())


class Lines:
    """Mailbox address → the one line that hears it."""

    def __init__(self) -> None:
        self._by_address: dict[bytes, Line] = {}

    def take_over(self, line: Line, addresses: Iterable[bytes]) -> None:
        """The newest line hears a mailbox; an older one has left it."""
        for address in addresses:
            self.leave(address)
            self._by_address[address] = line
            line.addresses.add(address)

    def leave(self, address: bytes) -> None:
        line = self._by_address.pop(address, None)
        if line is not None:
            line.addresses.discard(address)

    def drop(self, line: Line) -> frozenset[bytes]:
        """The line is closed; gives the addresses that nobody hears now."""
        silent = frozenset(line.addresses)
        for address in silent:
            self.leave(address)
        return silent

    def push(self, address: bytes, frame: bytes) -> None:
        """At least once is the listener's `listen`; a push to nobody is no loss."""
        line = self._by_address.get(address)
        if line is not None:
            line.push(frame)

    def heard(self) -> frozenset[bytes]:
        """Every address with an open line."""
        return frozenset(self._by_address)
