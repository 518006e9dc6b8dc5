"""What people carry between the desk and the key holder: a heading, and lines of base64 under it.

spec/enrolment.md for vouches, spec/bulletin.md for charters and renewals,
spec/keysheets.md for rehearsals.
"""

from enum import StrEnum

from leanto.wire.base64 import read_base64, write_base64
from leanto.wire.errors import WrongLayout


class Heading(StrEnum):
    CHARTER_REQUEST = "leanto charter request 1"
    CHARTER = "leanto charter 1"
    VOUCH_REQUEST = "leanto vouch request 1"
    VOUCH = "leanto vouch 1"
    RENEWAL_REQUEST = "leanto renewal request 1"
    RENEWAL = "leanto renewal 1"
    REHEARSAL_REQUEST = "leanto rehearsal request 1"
    REHEARSAL = "leanto rehearsal 1"


def write_sheet(heading: Heading, *lines: bytes) -> str:
    return "".join(f"{line}\n" for line in (heading, *map(write_base64, lines)))


def read_sheet(heading: Heading, text: str) -> bytes:
    """The bytes of the one line under this heading, or WrongLayout."""
    lines = read_lines(heading, text)
    if len(lines) != 1:
        raise WrongLayout(f'there is not one line under "{heading}"')
    return lines[0]


def read_lines(heading: Heading, text: str) -> list[bytes]:
    """The bytes of every line under this heading, or WrongLayout.

    Spaces and empty lines may surround them.
    """
    first, *lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    if first != heading:
        raise WrongLayout(f'the first line is not "{heading}"')
    return [read_base64(line) for line in lines]
