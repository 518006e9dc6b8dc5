"""What an operator decides: one TOML file in a folder, and the environment over it."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from re import fullmatch
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from leanto.databases.places import Place, PlaceRefused
from leanto.host.rooms import ALL, Room, may_know
from leanto.host.settings import NotSet, Settings, Where, read_settings
from leanto.host.toml import (
    SectionRefused,
    names_in_file,
    read_section,
    write_section,
    write_value,
)
from leanto.host.watching import NOBODY_TOLD, Watch, WatchRefused
from leanto.mail.settings import Mail, MailRefused
from leanto.notifier.config import AS_SHIPPED, Channels, ChannelsRefused

FILE = "leanto.toml"
SECTIONS = {
    "mail": Mail,
    "channels": Channels,
    "watch": Watch,
    "desk_database": Place,
    "mailroom_database": Place,
}
KINDS: dict[object, str] = {
    bool: "true or false",
    int: "a number",
    str: "a text",
    tuple[str, ...]: "a list of texts",
}
REFUSALS = (MailRefused, ChannelsRefused, WatchRefused, PlaceRefused, SectionRefused)
CREDENTIALS = "CREDENTIALS_DIRECTORY"  # systemd's LoadCredential= puts files there
MAY_LACK = {"notifier", "notifier_port", "security_contact", "adaptive", "trusted_proxies", "rooms"}
PROXIES_AT_MOST = 8
NO_MAIL_YET = """
# No mail server yet: nobody is woken or warned by e-mail. Take the # away and fill in your own.
# [mail]
# host = "smtp.example.org"
# port = 587
# tls = "starttls"
# from = "wake@example.org"
# user = "wake@example.org"
# password_file = "mail-password"
"""

NOBODY_TOLD_YET = """
# Nobody is told when something is wrong. Take the # away and fill in your own.
# [watch]
# operator_mail = "ops@example.org"
# heartbeat = "https://heartbeat.example.org/your-own-address"
"""


class ConfigError(Exception):
    """The configuration cannot be used; the message says what to change."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """Origins are `scheme://host[:port]`, nothing after; empty is what these rooms may not know."""

    data: Path
    rooms: tuple[str, ...] = ALL  # which of them run from this folder
    name: str = ""
    region: str = ""
    time_zone: str = ""
    fingerprint: str = ""  # hex of the program key's 16 bytes
    pocket: str = ""
    desk: str = ""
    mailroom: str = ""
    host: str = ""
    port: int = 0
    notifier: str = ""  # origin, or nothing: then no phone is woken
    notifier_port: int = 0  # the notifier listens there, at `host`
    security_contact: str = ""  # a URI of RFC 9116, or nothing: then security.txt names nobody
    trusted_proxies: int = 0  # how many of ours stand before the desk, and are believed
    adaptive: bool = True  # ring by what was learned, once that is enough; else always by threes
    mail: Mail | None = None
    channels: Channels = AS_SHIPPED
    watch: Watch = NOBODY_TOLD
    desk_database: Place | None = None  # at a PostgreSQL server; else a file in its folder
    mailroom_database: Place | None = None  # the same, by another user

    def __post_init__(self) -> None:
        _refuse_rooms(self.rooms)
        _refuse_one_for_both(self.desk_database, self.mailroom_database)
        if not fullmatch(r"((mailto|tel):|https://)[!-~]+|", self.security_contact):
            raise ConfigError("security_contact is one mailto:, tel: or https:// address.")
        _refuse_zone(self.time_zone)
        for name in ("pocket", "desk", "mailroom", "notifier"):
            if not fullmatch(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?|", getattr(self, name)):
                raise ConfigError(f"{name} is an origin, such as https://{name}.example.org.")
        if self.runs(Room.NOTIFIER) and bool(self.notifier) != (0 < self.notifier_port < 65_536):
            raise ConfigError("notifier and notifier_port go together: an origin, and its port.")
        if not 0 <= self.trusted_proxies <= PROXIES_AT_MOST:
            raise ConfigError(f"trusted_proxies is a number from 0 to {PROXIES_AT_MOST}.")

    def runs(self, room: Room) -> bool:
        """Whether this room runs from this folder."""
        return room in self.rooms

    @property
    def title(self) -> str:
        """What these files are of, also where no room may know what the program is called."""
        return self.name or f"the {' and '.join(self.rooms)} of {self.pocket}"

    @property
    def desk_data(self) -> Path:
        """The desk's own folder: its database and keys, for its own user."""
        return self.data / "desk"

    @property
    def mailroom_data(self) -> Path:
        """The mailroom's own folder: its database and receipt key."""
        return self.data / "mailroom"

    @property
    def notifier_data(self) -> Path:
        """The notifier's own folder: its database and keys."""
        return self.data / "notifier"

    @property
    def watch_data(self) -> Path:
        """What the watch holds and what it saw."""
        return self.data / "watch"


def missing(config: Config) -> Iterator[str]:
    """What a program does without, in sentences for its operator."""
    knows = may_know(config.rooms)
    if "notifier" in knows and not config.notifier:
        yield (
            "No notifier: a phone rings only while its page is open. Set notifier and "
            f"notifier_port in {FILE}, and restart."
        )
    if "mail" in knows and config.mail is None:
        yield (
            "No mail server: nobody is woken or warned by e-mail. Fill in [mail] in "
            f"{FILE}, and restart."
        )
    if "watch" in knows and not config.watch.heartbeat:
        yield (
            "No heartbeat: if this whole machine stops, nobody is told. Fill in [watch] in "
            f"{FILE}, and restart."
        )
    if "watch" in knows and not config.watch.operator_mail:
        yield (
            "No operator_mail: alarms are written to the program's output alone. Fill in [watch] "
            f"in {FILE}, and restart."
        )
    if config.runs(Room.DESK) and config.desk.startswith("https:") and not config.trusted_proxies:
        yield (
            "No trusted_proxies: the desk is named https and does not believe the proxy that says "
            f"so, and refuses every form. Set trusted_proxies = 1 in {FILE}, and restart."
        )


def load(data: Path, *, environment: Mapping[str, str] = os.environ) -> Config:
    """Read the program in this folder, refusing a setting nobody knows or one that is missing."""
    config, _ = load_with_sources(data, environment=environment)
    return config


def load_with_sources(data: Path, *, environment: Mapping[str, str]) -> tuple[Config, Settings]:
    """The same, and where each setting was written: in the file, or in which variable."""
    path = data / FILE
    try:
        found = read_settings(path, environment, kinds=kinds())
    except FileNotFoundError:
        raise ConfigError(
            f"No program here: {path} is missing. Make one with `leanto init`."
        ) from None
    except NotSet as refusal:
        raise ConfigError(str(refusal)) from None
    try:
        return _config(found, data, environment), found
    except (*REFUSALS, ConfigError) as refusal:
        raise ConfigError(f"{found.written_in()}: {refusal}") from None


def kinds() -> dict[Where, object]:
    """Every setting there is, `("port",)` or `("mail", "host")`, and what it is."""
    top = {one.name: one.type for one in fields(Config) if one.name != "data"}
    found: dict[Where, object] = {(name,): kind for name, kind in top.items()}
    for section, kind in SECTIONS.items():
        found |= {(section, name): one.type for name, one in names_in_file(kind).items()}
    return found


def _config(found: Settings, data: Path, environment: Mapping[str, str]) -> Config:
    table = dict(found.table)
    for name in sorted(table.keys() - SECTIONS.keys()):
        _refuse_kind(name, table[name])
    rooms = tuple(table.pop("rooms", ALL))
    _refuse_rooms(rooms)
    knows = may_know(rooms)
    if beyond := table.keys() - knows:
        raise ConfigError(
            f"{min(beyond)} is nothing that the {' or the '.join(rooms)} may know. Remove it."
        )
    if lacking := knows - SECTIONS.keys() - MAY_LACK - table.keys():
        raise ConfigError(f"the setting {min(lacking)} is missing. Add it.")
    folder = environment.get(CREDENTIALS)
    credentials = Path(folder) if folder else None
    for name in table.keys() & SECTIONS.keys():
        table[name] = read_section(
            SECTIONS[name], table[name], name=name, folder=data, credentials=credentials
        )
    return Config(**table, rooms=rooms, data=data)


def _refuse_rooms(rooms: tuple[str, ...]) -> None:
    if not rooms or set(rooms) - set(ALL) or len(set(rooms)) < len(rooms):
        raise ConfigError(f"rooms is a list of some of these, each once: {', '.join(ALL)}.")


def _refuse_zone(name: str) -> None:
    try:
        ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(
            f"There is no time_zone {name!r}. It is a name such as America/Chicago."
        ) from None


def _refuse_one_for_both(desk: Place | None, mailroom: Place | None) -> None:
    if desk and mailroom and (desk.user == mailroom.user or desk.name == mailroom.name):
        raise ConfigError(
            "desk_database and mailroom_database are two databases with two users: who opens one "
            "must not be able to open the other."
        )


def _refuse_kind(name: str, value: object) -> None:
    wanted = kinds()[name,]
    of_texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
    if not of_texts if wanted == tuple[str, ...] else type(value) is not wanted:
        raise ConfigError(f"{name} must be {KINDS[wanted]}, written as such in TOML.")


def save(config: Config) -> None:
    """Write the file that `load` reads, and no more into it than its rooms may know."""
    knows = may_know(config.rooms)
    lines = [] if config.rooms == ALL else [f"rooms = {write_value(config.rooms)}"]
    lines += [
        f"{field.name} = {write_value(getattr(config, field.name))}"
        for field in fields(Config)
        if field.name in knows - SECTIONS.keys()
    ]
    if "mail" in knows:
        lines += [NO_MAIL_YET] if config.mail is None else write_section("mail", config.mail)
    if "channels" in knows and config.channels != AS_SHIPPED:
        lines += write_section("channels", config.channels)
    if "watch" in knows:
        told = config.watch != NOBODY_TOLD
        lines += write_section("watch", config.watch) if told else [NOBODY_TOLD_YET]
    for name in ("desk_database", "mailroom_database"):
        if name in knows and (place := getattr(config, name)):
            lines += write_section(name, place)
    config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    (config.data / FILE).write_text("\n".join(lines) + "\n", "utf-8")
