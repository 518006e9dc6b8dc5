"""What the notifier is told when it starts; `[channels]` in leanto.toml says by which ways."""

from dataclasses import dataclass
from pathlib import Path
from re import fullmatch
from typing import Protocol
from urllib.parse import urlsplit

from leanto.mail.settings import Mail

# The push services of today's browsers. A star stands for one name or more.
PUSH_HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "*.push.apple.com",
    "*.notify.windows.com",
)
LANGUAGES = ("en", "es")
HOST = r"[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*(:[0-9]{1,5})?"


class ChannelsRefused(ValueError):
    """`[channels]` cannot be used; the message says what to change."""


class Clock(Protocol):
    """The one clock of a running program."""

    def seconds(self) -> int:
        """Whole seconds since 1970-01-01 UTC."""
        ...


@dataclass(frozen=True, kw_only=True)
class Channels:
    """Which ways of waking an operator allows. What is not listed here is never called."""

    language: str = "en"  # of the one sentence that everybody gets
    push_hosts: tuple[str, ...] = PUSH_HOSTS
    ntfy: tuple[str, ...] = ()  # origins, https://host[:port]
    sms_file: Path | None = None  # holds one gateway address with {number} in it
    phone_file: Path | None = None  # the same, for a gateway that calls
    private_hosts: tuple[str, ...] = ()  # host[:port] that may be on a private network, plain HTTP

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ChannelsRefused('language in [channels] is "en" or "es".')
        for one in self.push_hosts:
            if not fullmatch(HOST, one.removeprefix("*.")):
                raise ChannelsRefused(f"push_hosts in [channels]: {one} is not the name of a host.")
        for one in self.private_hosts:
            if not fullmatch(HOST, one):
                raise ChannelsRefused(f"private_hosts in [channels]: {one} is not host[:port].")
        for one in self.ntfy:
            self._refuse_origin(one)

    def _refuse_origin(self, origin: str) -> None:
        parts = urlsplit(origin)
        if origin != f"{parts.scheme}://{parts.netloc}" or not fullmatch(HOST, parts.netloc):
            raise ChannelsRefused(f"ntfy in [channels]: {origin} is not https://host[:port].")
        if parts.scheme != "https" and not (
            parts.scheme == "http" and parts.netloc in self.private_hosts
        ):
            raise ChannelsRefused(f"ntfy in [channels]: {origin} has to begin with https://.")


AS_SHIPPED = Channels()


@dataclass(frozen=True, kw_only=True)
class NotifierConfig:
    """`folder` is its own: database, keys, and the secret that it shares with the mailroom."""

    folder: Path
    pocket_origin: str  # scheme://host[:port], the only page that may speak here
    contact: str  # a URI that push services are told, RFC 8292; the pocket's origin if none
    channels: Channels
    mail: Mail | None
