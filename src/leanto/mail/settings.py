"""Which mail server a program speaks to: `[mail]` in leanto.toml."""

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from re import fullmatch

ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+"
ADDRESS_AT_MOST = 254


class MailRefused(ValueError):
    """`[mail]` cannot be used; the message says what to change."""


class Tls(StrEnum):
    """How the way to the server is kept from being read. NONE is for this computer alone."""

    STARTTLS = "starttls"
    FROM_THE_START = "tls"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Mail:
    """`password_file` holds the password and nothing else; without `user` nobody signs in."""

    host: str
    port: int
    sender: str
    tls: Tls = Tls.STARTTLS
    user: str = ""
    password_file: Path | None = None

    def __post_init__(self) -> None:
        if not is_address(self.sender):
            raise MailRefused("from in [mail] is one address, such as wake@example.org.")
        if not 0 < self.port < 65_536:
            raise MailRefused("port in [mail] is a number from 1 to 65535.")
        if not fullmatch(r"[A-Za-z0-9.:-]{1,253}", self.host):
            raise MailRefused("host in [mail] is the name of the mail server.")
        if self.tls is Tls.NONE and not _on_this_computer(self.host):
            raise MailRefused('tls = "none" in [mail] is for a server on this computer alone.')
        if bool(self.user) != (self.password_file is not None):
            raise MailRefused("user and password_file in [mail] go together.")


def is_address(text: str) -> bool:
    """One plain mail address: no name, no list, nothing that a header could break on."""
    return len(text) <= ADDRESS_AT_MOST and fullmatch(ADDRESS, text) is not None


def _on_this_computer(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
