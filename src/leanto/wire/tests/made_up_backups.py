"""Hypothesis strategies for what lies sealed in a slot."""

from hypothesis import strategies as st

from leanto.wire.backup import (
    CIPHERTEXT_SIZE,
    NAME_BYTES,
    NONCE_SIZE,
    WORDS_BYTES,
    Backup,
    EpochKey,
    Identity,
    KeptPeer,
    Pass,
    Reminder,
    SlotBody,
)
from leanto.wire.tests.made_up import charters, exactly, handles, ids, keys, some, u16
from leanto.wire.tests.made_up_bodies import filled
from leanto.wire.tokens import Token

slot_bodies = st.builds(SlotBody, exactly(NONCE_SIZE), filled(CIPHERTEXT_SIZE))


def backups() -> st.SearchStrategy[Backup]:
    """Of an officer, of a peer, or of somebody who is both."""
    return st.builds(
        Backup,
        day=u16,
        charter=charters.map(lambda one: one.write()),
        card=st.none() | exactly(10),
        epochs=some(st.builds(EpochKey, u16, st.booleans(), keys)),
        tokens=some(st.builds(Pass, u16, filled(Token.SIZE))),
        agency=_texts(0, 40),
        unit=_texts(0, 40),
        kept=some(_kept_peers()),
        reminders=some(st.builds(Reminder, _texts(0, WORDS_BYTES // 4), keys, u16)),
        identity=st.none() | _identities(),
    )


def _kept_peers() -> st.SearchStrategy[KeptPeer]:
    return st.builds(
        KeptPeer,
        name=_texts(1, NAME_BYTES // 4),
        handle=handles,
        signing_key=keys,
        agreement_key=keys,
        keepsake=keys,
        day=u16,
    )


def _identities() -> st.SearchStrategy[Identity]:
    return st.builds(
        Identity, invitation=ids, handle=handles, signing_seed=keys, agreement_secret=keys
    )


def _texts(at_least: int, at_most: int) -> st.SearchStrategy[str]:
    return st.text("añ 人🙂", min_size=at_least, max_size=at_most)
