"""The practice peer's half of a talk: spec/talks.md in its smallest honest form."""

import secrets
from collections.abc import Iterator

from leanto.sim.pocket.keys import AgreementKey, SealingKey
from leanto.sim.pocket.seal import Opened, Recipient, open_letter, seal_letter
from leanto.sim.practice.memory import Talk, Unseen
from leanto.wire.letters import NO_LETTER, Kind, Letter, SealedRequest
from leanto.wire.mailboxes import address_of

RETURN_KEY_DAYS = 14
KEPT_SEEDS = 12


def begin_talk(asked: Opened[SealedRequest], *, read_key: bytes) -> Talk:
    """The talk that a claimed request begins."""
    body = asked.body
    return Talk(
        talk_id=body.talk_id,
        request_id=body.request_id,
        read_key=read_key,
        officer_key=asked.sender,
        reply_address=body.reply_address,
        return_key=body.return_key,
        seen=NO_LETTER,
        mine=NO_LETTER,
    )


def say(talk: Talk, kind: Kind, text: str) -> Unseen:
    """Chain a new letter; it is sent, and sent again, until the officer's `seen` covers it."""
    letter = Unseen(secrets.token_bytes(16), kind, talk.mine, text.encode())
    talk.mine = letter.id
    talk.unseen.append(letter)
    return letter


def sealed(talk: Talk, letter: Unseen, *, me: AgreementKey, today: int) -> bytes:
    """This letter as an envelope, with a fresh return key."""
    return _seal(talk, letter, me=me, today=today)


def sealed_received(talk: Talk, *, me: AgreementKey, today: int) -> bytes:
    """The letter that only says: yours arrived."""
    note = Unseen(secrets.token_bytes(16), Kind.RECEIVED, talk.mine, b"")
    return _seal(talk, note, me=me, today=today)


def opened(talk: Talk, envelope: bytes, *, me: AgreementKey) -> Letter | None:
    """The letter in an envelope, if the officer of this talk wrote it; raises SealError."""
    keys = [SealingKey(seed) for seed in talk.seeds]
    found = open_letter(envelope, me=me, keys=keys, address=address_of(talk.read_key))
    if found.sender != talk.officer_key or found.body.talk_id != talk.talk_id:
        return None
    return found.body


def in_order(talk: Talk, letter: Letter) -> Iterator[Letter]:
    """The letters that this one completes, in the order they were written, each once.

    A letter behind a gap waits; what `seen` of theirs covers is no longer sent again.
    """
    _cover(talk, letter.seen)
    talk.return_key, talk.reply_address = letter.return_key, letter.reply_address
    if not letter.kind.chained:
        return
    talk.early[letter.after] = letter.write()
    while talk.seen in talk.early:
        next_one = Letter.read(talk.early.pop(talk.seen))
        talk.seen = next_one.id
        yield next_one


def _cover(talk: Talk, seen: bytes) -> None:
    ids = [one.id for one in talk.unseen]
    if seen in ids:
        del talk.unseen[: ids.index(seen) + 1]


def _seal(talk: Talk, letter: Unseen, *, me: AgreementKey, today: int) -> bytes:
    back = SealingKey(secrets.token_bytes(32))
    talk.seeds = [*talk.seeds, back.seed][-KEPT_SEEDS:]
    body = Letter(
        talk_id=talk.talk_id,
        id=letter.id,
        kind=Kind(letter.kind),
        after=letter.after,
        seen=talk.seen,
        reply_address=address_of(talk.read_key),
        return_key=back.public,
        return_last_day=today + RETURN_KEY_DAYS,
        serial=0,
        head_hash_start=bytes(8),
        day=today,
        text=letter.text,
    )
    to = Recipient(
        sealing_key=talk.return_key,
        agreement_key=talk.officer_key,
        address=talk.reply_address,
    )
    return seal_letter(body, sender=me, to=to)
