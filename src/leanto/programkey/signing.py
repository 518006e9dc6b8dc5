"""What the key holder signs: a charter, or a vouch after comparing its words by voice."""

from collections.abc import Sequence
from dataclasses import replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from leanto.programkey.keyfile import KeyRefused, public_half
from leanto.wire.charter import Charter, fingerprint
from leanto.wire.enrolment import enrolment_words
from leanto.wire.errors import WireError
from leanto.wire.sheets import Heading, read_sheet, write_sheet
from leanto.wire.signed import NOT_SIGNED, is_worthless
from leanto.wire.vouch import Vouch

NOT_KNOWN_YET = bytes(32)


def read_charter_request(text: str, *, key: Ed25519PrivateKey) -> Charter:
    """The charter that is asked for, under this key. Raises KeyRefused."""
    try:
        wanted = Charter.read(read_sheet(Heading.CHARTER_REQUEST, text) + NOT_SIGNED)
    except WireError:
        raise KeyRefused("This is not a charter request. Ask for the file again.") from None
    return under(key, wanted)


def under(key: Ed25519PrivateKey, wanted: Charter) -> Charter:
    """The charter that is asked for, as this key may sign it: its own program's, the first one, or
    the one by which it succeeds the key before. Raises KeyRefused."""
    mine = public_half(key)
    if any(map(is_worthless, [wanted.receipt_key, *(one.key for one in wanted.bulletin_keys)])):
        raise KeyRefused("This charter request names a key that fits any signature. Do not sign.")
    if wanted.program_key == NOT_KNOWN_YET and wanted.program_id == fingerprint(mine):
        return replace(wanted, program_key=mine)
    if wanted.successor_key == mine:
        return replace(wanted, program_key=mine, successor_key=None)
    if wanted.program_key != mine:
        raise KeyRefused("This charter request is for another program key.")
    return wanted


def naming_successor(wanted: Charter, successor: bytes | None) -> Charter:
    """The same charter with the public half (32 bytes) of the key that may take this one's place.

    Raises KeyRefused for one that the key holder did not name: a desk in other hands could write
    its own there, and later take over the program.
    """
    if wanted.successor_key not in (None, successor):
        raise KeyRefused(
            "This charter request names a successor key that you did not name. If it is yours, "
            "name it with --successor; else do not sign."
        )
    if successor is not None and not _may_succeed(wanted.program_key, successor):
        raise KeyRefused("That key cannot be a successor. Make another with `leanto key new`.")
    return replace(wanted, successor_key=successor)


def sign_charter(wanted: Charter, *, key: Ed25519PrivateKey) -> str:
    """The signed charter, as the sheet that goes back to the desk."""
    signed = replace(wanted, signature=key.sign(wanted.signed_part()))
    return write_sheet(Heading.CHARTER, signed.write())


def read_vouch_request(text: str) -> Vouch:
    """The vouch that is asked for. Raises KeyRefused."""
    try:
        wanted = Vouch.read(read_sheet(Heading.VOUCH_REQUEST, text) + NOT_SIGNED)
    except WireError:
        raise KeyRefused("This is not a vouch request. Ask for the file again.") from None
    if is_worthless(wanted.signing_key) or _agrees_with_anyone(wanted.agreement_key):
        raise KeyRefused("This vouch request names a key that anyone could have. Do not sign.")
    # The handle is shown above the words: one that moves the cursor could paint over them.
    if not wanted.handle.isprintable():
        raise KeyRefused("The handle holds signs that cannot be shown. Ask for another handle.")
    return wanted


def words_of(wanted: Vouch, *, words: Sequence[str]) -> tuple[str, ...]:
    """The six words that must stand on the peer's screen too, before anything is signed."""
    return enrolment_words(
        program_id=wanted.program_id,
        signing_key=wanted.signing_key,
        agreement_key=wanted.agreement_key,
        words=words,
    )


def sign_vouch(wanted: Vouch, *, key: Ed25519PrivateKey) -> str:
    """The signed vouch, as the sheet that goes back to the desk."""
    signed = replace(wanted, signature=key.sign(wanted.signed_part()))
    return write_sheet(Heading.VOUCH, signed.write())


def _may_succeed(program_key: bytes, successor: bytes) -> bool:
    return len(successor) == 32 and successor != program_key and not is_worthless(successor)


def _agrees_with_anyone(agreement_key: bytes) -> bool:
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(agreement_key))
    except ValueError:  # the shared secret is all zeros: a key of small order
        return True
    return False
