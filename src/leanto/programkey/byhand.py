"""A holder types their sheet: row by row, and a slip is said while the row is under their eyes."""

from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leanto.programkey.keyfile import KeyRefused
from leanto.programkey.paper import key_on
from leanto.wire.errors import WireError
from leanto.wire.keysheets import MARK, ROWS, read_row


def typed(*, ask: Callable[[str], str], say: Callable[[str], None]) -> Ed25519PrivateKey:
    """The key on the sheet that somebody types, or scans as one line. Raises KeyRefused.

    `ask` shows a prompt and gives a line; `say` shows a sentence. A row that does not fit is asked
    for again, for as long as it takes.
    """
    say("Type the five rows of the sheet, one at a time; or scan its square code.")
    try:
        first = ask("Row 1: ")
        if first.strip().upper().startswith(MARK):
            return key_on(first)
        rows = [_fitting(first, row=1, ask=ask, say=say)]
        rows += [
            _fitting(ask(f"Row {row}: "), row=row, ask=ask, say=say) for row in range(2, ROWS + 1)
        ]
    except EOFError:
        raise KeyRefused("The sheet ended before its fifth row.") from None
    return key_on("\n".join(rows))


def _fitting(text: str, *, row: int, ask: Callable[[str], str], say: Callable[[str], None]) -> str:
    while True:
        try:
            read_row(text, row=row)
        except WireError:
            say(f"Row {row} does not fit. Compare it letter by letter, and type it once more.")
            text = ask(f"Row {row}: ")
        else:
            return text
