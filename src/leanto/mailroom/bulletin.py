"""The board by the door: takes what verifies, hands it to anyone. spec/bulletin.md.

The signature is the access: a charter hangs from the configured fingerprint, a bulletin
from the charter.
"""

from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from leanto.doorway.answers import NO_CONTENT, Outcome
from leanto.doorway.bodies import Question
from leanto.doorway.refusing import Refused
from leanto.mailroom.noticeboard import Notice, Noticeboard, read_notice
from leanto.mailroom.ringing import all_due
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.wire.charter import Charter, Lineage, fingerprint
from leanto.wire.draws import TokenKeys
from leanto.wire.errors import WrongSecret
from leanto.wire.head import Bulletin, Head
from leanto.wire.listening import Found, Listening
from leanto.wire.signed import is_worthless


class BulletinForged(Refused):
    """It does not verify, or is for another program. The last good one stays."""

    problem = "bulletin-forged"


class BulletinOlder(Refused):
    problem = "bulletin-older"


class BulletinForked(Refused):
    """Another one with this serial, or on another past, was accepted before."""

    problem = "bulletin-forked"


class NoBulletin(Refused):
    problem = "no-bulletin"


def read_board(connection: Connection) -> Noticeboard:
    """What was accepted before the mailroom last closed."""
    board = Noticeboard()
    rows = connection.execute("SELECT bytes FROM charter ORDER BY serial").fetchall()
    if charters := tuple(Charter.read(row[0]) for row in rows):
        board.charter, board.lineage = charters[-1], Lineage(charters[:-1])
    if row := connection.execute(
        "SELECT head, public_part, members_part, duty_part FROM bulletin"
    ).fetchone():
        board.notice = read_notice(Bulletin.read(b"".join(row)))
    return board


async def charter(room: Room, _question: Question) -> Outcome:
    if room.board.charter is None:
        raise NoBulletin
    return Outcome(200, room.board.charter.write())


async def lineage(room: Room, _question: Question) -> Outcome:
    """How the program key passed on, for whoever trusts an earlier one."""
    if room.board.charter is None:
        raise NoBulletin
    return Outcome(200, room.board.lineage.write())


async def head(room: Room, _question: Question) -> Outcome:
    return Outcome(200, _newest(room).bulletin.head.write())


async def public(room: Room, _question: Question) -> Outcome:
    return Outcome(200, _newest(room).bulletin.public)


async def members(room: Room, _question: Question) -> Outcome:
    return Outcome(200, _newest(room).bulletin.members)


async def token_keys(room: Room, _question: Question) -> Outcome:
    """The keys by which passes are judged here; a pocket compares them with the bulletin's."""
    keys = ((issuer.epoch, key_id) for key_id, issuer in _newest(room).issuer_keys.items())
    return Outcome(200, TokenKeys(tuple(keys)).write())


async def put_charter(room: Room, question: Question) -> Outcome:
    """Takes a charter signed by the program key, or by the successor the last one named."""
    async with room.board.hanging:
        await _hang_charter(room, Charter.read(question.body))
    return NO_CONTENT


def look_at_head(room: Room, start: bytes) -> None:
    """Refuses by the head alone, before the rest of eight megabytes is taken in."""
    head = Head.read(start)
    _refuse_unless_named(head, room.board.charter)
    held = room.board.notice
    if held is not None and head != held.bulletin.head:
        _refuse_unless_follows(head, held.bulletin.head, room.board.charter)


async def put_bulletin(room: Room, question: Question) -> Outcome:
    """Takes a bulletin signed by a key the charter names; open requests follow it at once."""
    async with room.board.hanging:
        await _hang_bulletin(room, _read_bulletin(question.body))
    return NO_CONTENT


async def _hang_charter(room: Room, new: Charter) -> None:
    held, past = room.board.charter, room.board.lineage
    if not _may_sign(new.program_key, held, room.fingerprint):
        raise BulletinForged
    _refuse_unless_signed(new.program_key, new.signature, new.signed_part())
    if held is not None and new != held:
        if new.program_id != held.program_id:
            raise BulletinForged
        _refuse_unless_newer(new.serial, held.serial)
        if new.program_key != held.program_key:
            past = Lineage((*past.charters, held))
    kept = (*past.charters, new)
    await room.store.write(lambda connection: _keep_charters(connection, kept))
    room.board.charter, room.board.lineage = new, past


def _read_bulletin(body: bytes) -> Bulletin:
    try:
        return Bulletin.read(body)
    except WrongSecret:
        raise BulletinForged from None


async def _hang_bulletin(room: Room, new: Bulletin) -> None:
    _refuse_unless_named(new.head, room.board.charter)
    held = room.board.notice
    if held is not None and new == held.bulletin:
        return
    if held is not None:
        _refuse_unless_follows(new.head, held.bulletin.head, room.board.charter)
    notice = read_notice(new)
    now, listed = room.now_seconds(), room.board.duty().keys()
    await room.store.write(lambda connection: _keep_bulletin(connection, new, now))
    room.board.notice = notice
    # Again: who looked between the two lines above still saw the old list, and would wait by it.
    await room.store.write(lambda connection: all_due(connection, now))
    room.due_now()
    _tell_phones(room, listed ^ notice.duty.keys())


def _tell_phones(room: Room, changed: Iterable[bytes]) -> None:
    """Whoever is listed from now on, or no longer, hears it without asking."""
    for address in changed:
        what = Found.DUTY_MAILBOX if room.board.lists(address) else Found.UNKNOWN
        room.lines.push(address, Listening(room.today(), ((address, what),)).write())


def _newest(room: Room) -> Notice:
    if room.board.notice is None:
        raise NoBulletin
    return room.board.notice


def _may_sign(program_key: bytes, held: Charter | None, pinned: bytes) -> bool:
    if held is None:
        return fingerprint(program_key) == pinned
    return program_key in {held.program_key, held.successor_key}


def _refuse_unless_named(head: Head, charter: Charter | None) -> None:
    if charter is None or head.program_id != charter.program_id:
        raise BulletinForged
    named = [one for one in charter.bulletin_keys if one.key == head.bulletin_key]
    if not any(one.last_day >= head.day for one in named):
        raise BulletinForged
    _refuse_unless_signed(head.bulletin_key, head.signature, head.signed_part())


def _refuse_unless_follows(new: Head, held: Head, charter: Charter | None) -> None:
    if charter and not charter.names(held.bulletin_key):
        return  # New keys, new history: nothing that the retired one signed can come back.
    _refuse_unless_newer(new.serial, held.serial)
    if new.serial == held.serial + 1 and new.previous != held.hash():
        raise BulletinForked


def _refuse_unless_newer(serial: int, held: int) -> None:
    if serial < held:
        raise BulletinOlder
    if serial == held:
        raise BulletinForked


def _refuse_unless_signed(key: bytes, signature: bytes, signed: bytes) -> None:
    if is_worthless(key):
        raise BulletinForged
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, signed)
    except (InvalidSignature, ValueError):
        raise BulletinForged from None


def _keep_charters(connection: Connection, charters: tuple[Charter, ...]) -> None:
    connection.execute("DELETE FROM charter")
    rows = [(one.serial, one.write()) for one in charters]
    connection.executemany("INSERT INTO charter VALUES (?, ?)", rows)


def _keep_bulletin(connection: Connection, bulletin: Bulletin, now: int) -> None:
    parts = (bulletin.public, bulletin.members, bulletin.duty)
    row = (bulletin.head.serial, bulletin.head.write(), *parts)
    connection.execute("DELETE FROM bulletin")
    connection.execute("INSERT INTO bulletin VALUES (?, ?, ?, ?, ?)", row)
    all_due(connection, now)
