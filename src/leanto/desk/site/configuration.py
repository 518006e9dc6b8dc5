"""What the desk is told before it starts, by the composition and never by the environment."""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from leanto.databases.places import Place
from leanto.mail.settings import Mail


def wall_clock() -> datetime:
    """The machine's time in UTC: the one clock of a running desk."""
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class DeskConfig:
    """What an operator decides about the desk. Origins are `scheme://host[:port]`."""

    data: Path
    name: str
    region: str
    time_zone: str  # IANA; hand-entered times are read in it
    fingerprint: str  # hex of the program key's 16 bytes
    pocket: str
    desk: str
    mailroom: str
    mail: Mail | None = None  # without it, coordinators are told by the pages alone
    trusted_proxies: int = 0  # how many proxies of ours stand in front
    postgres: Place | None = None  # without it, the desk's tables lie in a file of its folder
    now: Callable[[], datetime] = field(default=wall_clock, repr=False)

    @property
    def database(self) -> str:
        """Where the desk's SQLite file lies."""
        return str(self.data / "desk.sqlite3")

    @property
    def secure(self) -> bool:
        """Whether the desk is reached over https, so that cookies and HSTS can insist on it."""
        return self.desk.startswith("https://")

    @property
    def host_name(self) -> str:
        """The one host name the desk answers to."""
        return urlsplit(self.desk).hostname or ""

    def secret_key(self) -> str:
        """Read the key that signs sessions; made once, readable by the desk's user only."""
        from leanto.desk.keyfiles import made_once  # noqa: PLC0415 -- it asks this file for paths

        return made_once(self.data / "secret-key", _random_key).decode()


class RehearsalConfig(DeskConfig):
    """A desk that was told nothing: in memory and forgotten, for type checks and tests only."""

    @property
    def database(self) -> str:
        """Nothing reaches a disk."""
        return ":memory:"

    def secret_key(self) -> str:
        """A new key each time."""
        return _random_key().decode()


def _random_key() -> bytes:
    return secrets.token_urlsafe(64).encode()


_config: DeskConfig = RehearsalConfig(
    data=Path("/nonexistent"),
    name="Rehearsal",
    region="Nowhere",
    time_zone="America/Chicago",
    fingerprint="00" * 16,
    pocket="http://leanto.localhost:8000",
    desk="http://desk.localhost:8000",
    mailroom="http://mailroom.localhost:8000",
)


def configure(config: DeskConfig) -> None:
    """Hand the desk its configuration; call once, before Django starts."""
    global _config  # noqa: PLW0603 -- Django settings are a module, so their source is one too
    _config = config
    os.environ["DJANGO_SETTINGS_MODULE"] = "leanto.desk.site.settings"


def configuration() -> DeskConfig:
    """What the desk was told."""
    return _config
