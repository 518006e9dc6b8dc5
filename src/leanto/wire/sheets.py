"""What people carry between the desk and the key holder: one heading, one line of base64.

spec/enrolment.md for vouches, spec/bulletin.md for charters.
"""

from enum import StrEnum

from leanto.wire.base64 import read_base64, write_base64
from leanto.wire.errors import WrongLayout


class Heading(StrEnum):
    CHARTER_REQUEST = "leanto charter request 1"
    CHARTER = "leanto charter 1"
    VOUCH_REQUEST = "leanto vouch request 1"
    VOUCH = "leanto vouch 1"


def write_sheet(heading: Heading, data: bytes) -> str:
    return f"{heading}\n{write_base64(data)}\n"


def read_sheet(heading: Heading, text: str) -> bytes:
    """The bytes under this heading, or WrongLayout. Spaces and empty lines may surround them."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) != 2 or lines[0] != heading:
        raise WrongLayout(f'this is not two lines of which the first is "{heading}"')
    return read_base64(lines[1])
