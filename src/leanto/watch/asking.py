"""The officer's half of the way: one request to one test person, and one letter."""

import secrets
from dataclasses import dataclass, field

from leanto.sim.pocket.errors import WrongSender
from leanto.sim.pocket.keys import AgreementKey, SealingKey
from leanto.sim.pocket.seal import Recipient, open_letter, seal_letter, seal_request
from leanto.watch.equipment import Equipment
from leanto.wire.head import Head
from leanto.wire.letters import NO_LETTER, Kind, Letter, SealedRequest
from leanto.wire.mailboxes import ADDRESS_SIZE, ENVELOPE_SIZE, address_of
from leanto.wire.requests import SLOTS, Ask, Slot, Urgency, Wish

RETURN_KEY_DAYS = 14


def _seed() -> bytes:
    return secrets.token_bytes(32)


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Fresh keys for one talk with oneself."""

    request_id: bytes
    read_key: bytes
    day: int
    head: Head
    talk_id: bytes = field(default_factory=lambda: secrets.token_bytes(16))
    me: AgreementKey = field(default_factory=lambda: AgreementKey(_seed()))
    back: SealingKey = field(default_factory=lambda: SealingKey(_seed()))

    def body(self, equipment: Equipment) -> bytes:
        """`POST /requests`, as long as any: the one copy, and eleven slots filled at random."""
        copy = seal_request(
            SealedRequest(
                request_id=self.request_id,
                talk_id=self.talk_id,
                reply_address=address_of(self.read_key),
                return_key=self.back.public,
                return_last_day=self.day + RETURN_KEY_DAYS,
                urgency=Urgency.NOW,
                serial=self.head.serial,
                head_hash_start=self.head.hash()[:8],
                day=self.day,
            ),
            sender=self.me,
            to=Recipient(
                sealing_key=equipment.sealing.public,
                agreement_key=equipment.agreement.public,
                address=equipment.duty_address,
            ),
        )
        spare = [
            Slot(secrets.token_bytes(ADDRESS_SIZE), secrets.token_bytes(ENVELOPE_SIZE))
            for _ in range(SLOTS - 1)
        ]
        return Ask(
            request_id=self.request_id,
            reply_address=address_of(self.read_key),
            wish=Wish.FIRST_AVAILABLE,
            urgency=Urgency.NOW,
            slots=(Slot(equipment.duty_address, copy), *spare),
        ).write()

    def opened(self, envelope: bytes, *, sender: bytes) -> Letter:
        """A letter to this asking. Raises SealError, also when somebody else wrote it."""
        found = open_letter(
            envelope, me=self.me, keys=[self.back], address=address_of(self.read_key)
        )
        if found.sender != sender or found.body.talk_id != self.talk_id:
            raise WrongSender("somebody else answered")
        return found.body

    def reply(self, theirs: Letter, words: str, *, to: bytes) -> bytes:
        """The first letter of this side, sealed to whoever wrote `theirs`."""
        letter = Letter(
            talk_id=self.talk_id,
            id=secrets.token_bytes(16),
            kind=Kind.WORDS,
            after=NO_LETTER,
            seen=theirs.id,
            reply_address=address_of(self.read_key),
            return_key=SealingKey(_seed()).public,
            return_last_day=self.day + RETURN_KEY_DAYS,
            serial=self.head.serial,
            head_hash_start=self.head.hash()[:8],
            day=self.day,
            text=words.encode(),
        )
        recipient = Recipient(
            sealing_key=theirs.return_key, agreement_key=to, address=theirs.reply_address
        )
        return seal_letter(letter, sender=self.me, to=recipient)
