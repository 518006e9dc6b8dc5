"""Where a room keeps its tables, if not in a file of its own: a section of leanto.toml for each.

`[desk_database]` and `[mailroom_database]`: two databases, two users.
"""

from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

SCHEMES = {"postgresql", "postgres"}
VERIFIED = "verify-full"
SECRETS = {"password", "sslpassword"}


class PlaceRefused(ValueError):
    """The section cannot be used; the message says what to change."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """One database of a PostgreSQL server, and its user; the password stands in a file alone."""

    url: str
    password_file: Path | None = None

    def __post_init__(self) -> None:
        if not self._is_readable():
            raise PlaceRefused(
                "url of a database is an address such as "
                "postgresql://leanto_desk@db.example.org/leanto_desk."
            )
        if urlsplit(self.url).password is not None or self.options.keys() & SECRETS:
            raise PlaceRefused(
                "No password in the url of a database: put it into a file of its own, and name "
                "that in password_file."
            )
        if not self._on_this_computer() and self.options.get("sslmode") != VERIFIED:
            raise PlaceRefused(
                "A database on another computer is asked by TLS that is checked: add "
                f"?sslmode={VERIFIED} to its url."
            )

    @property
    def name(self) -> str:
        """Which database of the server."""
        return unquote(urlsplit(self.url).path[1:])

    @property
    def user(self) -> str:
        """Who asks."""
        return unquote(urlsplit(self.url).username or "")

    @property
    def host(self) -> str:
        """A name, an address, or the folder of a socket; nothing for the system's own socket."""
        return self.options.get("host") or unquote(urlsplit(self.url).hostname or "")

    @property
    def port(self) -> str:
        """As written, or nothing for the usual one."""
        return self.options.get("port") or str(urlsplit(self.url).port or "")

    @property
    def options(self) -> dict[str, str]:
        """What stands behind the question mark."""
        return {name: values[-1] for name, values in parse_qs(urlsplit(self.url).query).items()}

    def password(self) -> str:
        """Read anew each time, so that it can be changed; empty where none is needed."""
        return self.password_file.read_text("utf-8").strip() if self.password_file else ""

    def _is_readable(self) -> bool:
        try:
            parts, _ = urlsplit(self.url), self.port
        except ValueError:  # brackets that do not close, a port that is no number
            return False
        return parts.scheme in SCHEMES and bool(parts.username) and len(parts.path) > 1

    def _on_this_computer(self) -> bool:
        # Where both stand, the address decides where it goes.
        host = self.options.get("hostaddr") or self.host
        if not host or host.startswith("/") or host == "localhost":
            return True
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return False
