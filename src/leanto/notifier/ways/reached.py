"""How a try to reach an endpoint ended."""

from enum import Enum


class Reached(Enum):
    """TAKEN: whoever carries it on has it. GONE: it will never reach anyone. NOT_YET: try again."""

    TAKEN = "taken"
    GONE = "gone"
    NOT_YET = "not yet"
