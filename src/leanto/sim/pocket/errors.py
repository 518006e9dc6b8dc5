"""Why a sealed thing was not accepted. A failed seal throws; nothing is ever half opened."""


class SealError(Exception):
    """Base of the three below. `problem` is the class of failure in spec/vectors."""

    problem = "not-opened"


class UnknownKey(SealError):
    """None of the keys at hand has the key id: answer *unreadable*."""

    problem = "unknown-key"


class NotOpened(SealError):
    """Sealed to another key, label or mailbox, or changed on the way."""


class WrongSender(SealError):
    """The sender proof does not fit, or the sender's key is of small order."""

    problem = "wrong-sender"
