"""Why bytes were refused. One tree: catch `WireError`, or the class that decides something."""


class WireError(ValueError):
    """Bytes that are not as the law says. `problem` is the name in spec/problems.md."""

    problem = "wrong-layout"


class WrongSize(WireError):
    """Not the one length this body takes."""

    problem = "wrong-size"


class WrongLayout(WireError):
    """A version, flag, count, text, number or padding is not as the law says."""


class WrongCheck(WireError):
    """A typing mistake in a card or invitation: said so before anything is sent."""

    problem = "wrong-check"


class WrongSecret(WireError):
    """A hash, address or key identifier is not the one it has to be."""

    problem = "wrong-hash"
