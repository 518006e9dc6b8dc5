"""What seven words find and open: the sealed copy in a slot. spec/slots.md."""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from leanto.sim.pocket.errors import NotOpened
from leanto.wire.backup import Backup, SlotBody
from leanto.wire.slots import slot_address_of

MEMORY_KIB = 65_536
PASSES = 3
READ_KEY_LABEL = b"leanto/slot-read-key/1"
SEALING_KEY_LABEL = b"leanto/slot-sealing-key/1"
BODY_LABEL = b"leanto/slot-body/1"


@dataclass(frozen=True, slots=True)
class SlotKeys:
    """Both come from the words alone; the mailroom is shown the first and never the second."""

    stretched: bytes
    read_key: bytes
    sealing_key: bytes

    @property
    def address(self) -> bytes:
        return slot_address_of(self.read_key)


def slot_keys(words: Sequence[str], *, program_id: bytes) -> SlotKeys:
    """About a fifth of a second: Argon2id is what every guess costs."""
    stretching = Argon2id(
        salt=program_id, length=32, iterations=PASSES, lanes=1, memory_cost=MEMORY_KIB
    )
    stretched = stretching.derive(" ".join(words).encode("ascii"))
    return SlotKeys(
        stretched, _derived(stretched, READ_KEY_LABEL), _derived(stretched, SEALING_KEY_LABEL)
    )


def seal_slot(inner: bytes, keys: SlotKeys, *, program_id: bytes, nonce: bytes) -> bytes:
    """16,384 bytes that only these words open."""
    aad = BODY_LABEL + program_id + keys.address
    return SlotBody(nonce, AESGCM(keys.sealing_key).encrypt(nonce, inner, aad)).write()


def open_slot(body: bytes, keys: SlotKeys, *, program_id: bytes) -> Backup:
    """Raises NotOpened for other words, another program, another place or any changed bit."""
    sealed = SlotBody.read(body)
    aad = BODY_LABEL + program_id + keys.address
    try:
        inner = AESGCM(keys.sealing_key).decrypt(sealed.nonce, sealed.ciphertext, aad)
    except InvalidTag:
        raise NotOpened("a slot that these words do not open") from None
    return Backup.read(inner)


def _derived(stretched: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(stretched)
