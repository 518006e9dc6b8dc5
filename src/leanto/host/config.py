"""Where a program lives: one TOML file in its data folder, nothing hidden elsewhere."""

import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from re import fullmatch

from leanto.host.toml import SectionRefused, read_section, write_section, write_value
from leanto.host.watching import NOBODY_TOLD, Watch, WatchRefused
from leanto.mail.settings import Mail, MailRefused
from leanto.notifier.config import AS_SHIPPED, Channels, ChannelsRefused

FILE = "leanto.toml"
SECTIONS = {"mail": Mail, "channels": Channels, "watch": Watch}
KINDS: dict[object, str] = {bool: "true or false", int: "a number", str: "a text"}
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
    """What an operator decides. Origins are `scheme://host[:port]`, nothing after."""

    name: str
    region: str
    time_zone: str
    fingerprint: str  # hex of the program key's 16 bytes
    pocket: str
    desk: str
    mailroom: str
    host: str
    port: int
    data: Path
    notifier: str = ""  # origin, or nothing: then no phone is woken
    notifier_port: int = 0  # the notifier listens there, at `host`
    security_contact: str = ""  # a URI of RFC 9116, or nothing: then security.txt names nobody
    adaptive: bool = True  # ring by what was learned, once that is enough; else always by threes
    mail: Mail | None = None
    channels: Channels = AS_SHIPPED
    watch: Watch = NOBODY_TOLD

    def __post_init__(self) -> None:
        if not fullmatch(r"((mailto|tel):|https://)[!-~]+|", self.security_contact):
            raise ConfigError("security_contact is one mailto:, tel: or https:// address.")
        if not fullmatch(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?|", self.notifier):
            raise ConfigError("notifier is an origin, such as https://wake.example.org.")
        if bool(self.notifier) != (0 < self.notifier_port < 65_536):
            raise ConfigError("notifier and notifier_port go together: an origin, and its port.")

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
    if not config.notifier:
        yield (
            "No notifier: a phone rings only while its page is open. Set notifier and "
            f"notifier_port in {FILE}, and restart."
        )
    if config.mail is None:
        yield (
            "No mail server: nobody is woken or warned by e-mail. Fill in [mail] in "
            f"{FILE}, and restart."
        )
    if not config.watch.heartbeat:
        yield (
            "No heartbeat: if this whole machine stops, nobody is told. Fill in [watch] in "
            f"{FILE}, and restart."
        )
    if not config.watch.operator_mail:
        yield (
            "No operator_mail: alarms are written to the program's output alone. Fill in [watch] "
            f"in {FILE}, and restart."
        )


def load(data: Path) -> Config:
    """Read the program in this folder, refusing a key nobody knows or one that is missing."""
    path = data / FILE
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ConfigError(
            f"No program here: {path} is missing. Make one with `leanto init`."
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path} is not readable TOML: {error}.") from None
    wanted = {field.name for field in fields(Config)} - {"data"}
    if unknown := table.keys() - wanted:
        raise ConfigError(f"{path} has a setting nobody knows: {min(unknown)}. Remove it.")
    optional = {field.name for field in fields(Config) if field.default is not MISSING}
    if missing := wanted - optional - table.keys():
        raise ConfigError(f"{path} lacks the setting {min(missing)}. Add it.")
    kinds = {field.name: field.type for field in fields(Config)}
    for name in table.keys() - SECTIONS.keys():
        if type(table[name]) is not kinds[name]:
            kind = KINDS[kinds[name]]
            raise ConfigError(f"{path}: {name} must be {kind}, written as such in TOML.")
    try:
        for name in table.keys() & SECTIONS.keys():
            table[name] = read_section(SECTIONS[name], table[name], name=name, folder=data)
        return Config(**table, data=data)
    except (MailRefused, ChannelsRefused, WatchRefused, SectionRefused) as refusal:
        raise ConfigError(f"{path}: {refusal}") from None


def save(config: Config) -> None:
    """Write the file that `load` reads."""
    lines = [
        f"{field.name} = {write_value(getattr(config, field.name))}"
        for field in fields(Config)
        if field.name not in {"data", *SECTIONS}
    ]
    lines += [NO_MAIL_YET] if config.mail is None else write_section("mail", config.mail)
    if config.channels != AS_SHIPPED:
        lines += write_section("channels", config.channels)
    told = config.watch != NOBODY_TOLD
    lines += write_section("watch", config.watch) if told else [NOBODY_TOLD_YET]
    config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    (config.data / FILE).write_text("\n".join(lines) + "\n", "utf-8")
