"""The listening line: a pocket names its mailboxes and is told at once. spec/mailboxes.md."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from functools import partial
from typing import Any

from leanto.doorway.bodies import Receive
from leanto.mailroom.drilling import somebody_is_there, still_drilling
from leanto.mailroom.frames import push_all, still_ringing
from leanto.mailroom.lines import Line
from leanto.mailroom.mailboxes import forget_ids, page, renew
from leanto.mailroom.ringing import due_for
from leanto.mailroom.room import Room
from leanto.mailroom.waking import note_heard
from leanto.wire import listening as wire
from leanto.wire.drills import Drilled
from leanto.wire.errors import WireError, WrongLayout
from leanto.wire.mailboxes import FETCHED_AT_MOST, address_of

type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

FIRST_FRAME_WITHIN_SECONDS = 10
POLICY_VIOLATION = 1008
FALLEN_BEHIND = 1013


class HungUp(Exception):
    """The pocket has closed the line."""


async def listen(room: Room, receive: Receive, send: Send) -> None:
    """One line from first frame to last. Whatever is not as the law says closes it with 1008."""

    async def send_frame(frame: bytes) -> None:
        await send({"type": "websocket.send", "bytes": frame})

    line = Line(send_frame)
    await receive()  # websocket.connect
    await send({"type": "websocket.accept"})
    hearing = asyncio.create_task(_hear(room, line, receive))
    carrying = asyncio.create_task(line.carry())
    try:
        await asyncio.wait({hearing, carrying}, return_when=asyncio.FIRST_COMPLETED)
        await _hang_up(hearing, send)
    finally:
        hearing.cancel()
        carrying.cancel()
        await asyncio.gather(hearing, carrying, return_exceptions=True)
        await _due_for(room, room.lines.drop(line))


async def _hear(room: Room, line: Line, receive: Receive) -> None:
    """Answers frames until the line ends; raises HungUp, WireError or TimeoutError."""
    async with asyncio.timeout(FIRST_FRAME_WITHIN_SECONDS):
        first = await _frame(receive)
    if not isinstance(first, wire.Listen):
        raise WrongLayout("the first frame is not listen")
    await _listen(room, line, first)
    while True:
        match await _frame(receive):
            case wire.Listen() as more:
                await _listen(room, line, more)
            case wire.ForgetFrame(address, ids) if address in line.addresses:
                await room.store.write(partial(forget_ids, address=address, ids=ids))
                line.push(wire.Forgotten(address, ids).write())
            case Drilled(address, drill_id) if address in line.addresses:
                await room.store.write(
                    partial(somebody_is_there, room=room, address=address, drill_id=drill_id)
                )
            case wire.Heard(address, ring_id) if address in line.addresses:
                heard = partial(note_heard, moment=room.moment(), address=address, ring_id=ring_id)
                await room.store.write(heard)
            case wire.Leave(address) if address in line.addresses:
                room.lines.leave(address)
                await _due_for(room, frozenset({address}))
            case _:  # another line has taken this mailbox over
                pass


async def _frame(receive: Receive) -> wire.FromPocket:
    event = await receive()
    if event["type"] == "websocket.disconnect":
        raise HungUp
    frame = event.get("bytes")
    if frame is None:
        raise WrongLayout("a text frame")
    return wire.read_from_pocket(frame)


async def _listen(room: Room, line: Line, frame: wire.Listen) -> None:
    addresses = [address_of(read_key) for read_key in frame.read_keys]
    if len(line.addresses.union(addresses)) > wire.KEYS_AT_MOST:
        raise WrongLayout("too many mailboxes on one line")
    room.lines.take_over(line, addresses)
    found = [(address, await _what(room, address)) for address in addresses]
    await line.send(wire.Listening(room.today(), tuple(found)).write())
    for address, what in found:
        if what is wire.Found.MAILBOX:
            await _send_stored(room, line, address)
    now = room.now_seconds()
    push_all(room, await room.store.read(lambda one: still_ringing(one, addresses, now)))
    duty = room.board.duty()
    push_all(room, await room.store.read(lambda one: still_drilling(one, duty, addresses)))
    await _due_for(room, frozenset(addresses))


async def _what(room: Room, address: bytes) -> wire.Found:
    if room.board.lists(address):
        return wire.Found.DUTY_MAILBOX
    return wire.Found.MAILBOX if await renew(room, address) else wire.Found.UNKNOWN


async def _send_stored(room: Room, line: Line, address: bytes) -> None:
    after = b""
    while True:
        kept = await room.store.read(partial(page, address=address, after=after))
        for letter in kept:
            today = room.today()
            await line.send(wire.EnvelopeFrame(address, letter.id, today, letter.envelope).write())
        if len(kept) < FETCHED_AT_MOST:
            return
        after = kept[-1].id


async def _due_for(room: Room, addresses: frozenset[bytes]) -> None:
    """Phones begin or cease to ring here: their requests are looked at now."""
    duty = [address for address in addresses if room.board.lists(address)]
    if duty:
        now = room.now_seconds()
        await room.store.write(lambda one: due_for(one, duty, now))
        room.due_now()


async def _hang_up(hearing: asyncio.Task[None], send: Send) -> None:
    """Says why, unless the other side has gone."""
    with suppress(HungUp, OSError):
        if not hearing.done():
            await send({"type": "websocket.close", "code": FALLEN_BEHIND})
            return
        try:
            await hearing
        except (WireError, TimeoutError):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
