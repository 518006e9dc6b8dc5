"""Which rooms there are to serve, and what each may be told: all that its host ever reads."""

from collections.abc import Iterable
from enum import StrEnum


class Room(StrEnum):
    """What `leanto serve` runs; apart, each on a machine or as a user of its own."""

    POCKET = "pocket"
    DESK = "desk"
    MAILROOM = "mailroom"
    NOTIFIER = "notifier"
    WATCH = "watch"


ALL: tuple[str, ...] = tuple(Room)

# Settings and sections of leanto.toml. A word more in a line is a decision about who may know what:
# the mailroom is told neither a name nor a mail server, the desk nothing of phones.
MAY_KNOW: dict[str, frozenset[str]] = {
    Room.POCKET: frozenset(
        {"pocket", "desk", "mailroom", "notifier", "host", "port", "security_contact"}
    ),
    Room.DESK: frozenset(
        {"name", "region", "time_zone", "fingerprint", "pocket", "desk", "mailroom"}
        | {"host", "port", "security_contact", "trusted_proxies", "mail", "desk_database"}
    ),
    Room.MAILROOM: frozenset(
        {"time_zone", "fingerprint", "pocket", "mailroom", "notifier", "adaptive"}
        | {"host", "port", "security_contact", "mailroom_database"}
    ),
    Room.NOTIFIER: frozenset(
        {"pocket", "notifier", "notifier_port", "host", "security_contact", "channels", "mail"}
    ),
    Room.WATCH: frozenset(
        {"time_zone", "fingerprint", "pocket", "desk", "mailroom", "notifier", "mail", "watch"}
    ),
}


def may_know(rooms: Iterable[str]) -> frozenset[str]:
    """What the settings of a folder may hold from which these rooms run."""
    return frozenset().union(*(MAY_KNOW[room] for room in rooms))
