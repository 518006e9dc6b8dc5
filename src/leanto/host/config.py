"""Where a program lives: one TOML file in its data folder, nothing hidden elsewhere."""

import tomllib
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from re import fullmatch

FILE = "leanto.toml"


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
    security_contact: str = ""  # a URI of RFC 9116, or nothing: then security.txt names nobody

    def __post_init__(self) -> None:
        if not fullmatch(r"((mailto|tel):|https://)[!-~]+|", self.security_contact):
            raise ConfigError("security_contact is one mailto:, tel: or https:// address.")

    @property
    def desk_data(self) -> Path:
        """The desk's own folder: its database and keys, for its own user."""
        return self.data / "desk"

    @property
    def mailroom_data(self) -> Path:
        """The mailroom's own folder: its database and receipt key."""
        return self.data / "mailroom"


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
    for name, value in table.items():
        kind = int if name == "port" else str
        if type(value) is not kind:
            raise ConfigError(f"{path}: {name} must be a {kind.__name__}, written as such in TOML.")
    return Config(**table, data=data)


def save(config: Config) -> None:
    """Write the file that `load` reads."""
    lines = [
        f"{field.name} = {_toml(getattr(config, field.name))}"
        for field in fields(Config)
        if field.name != "data"
    ]
    config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    (config.data / FILE).write_text("\n".join(lines) + "\n", "utf-8")


def _toml(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
