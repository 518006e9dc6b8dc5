"""What is in force, and where each of it was written: `leanto config show`. No secret is in it."""

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit

from leanto.host.config import SECTIONS, Config
from leanto.host.rooms import may_know
from leanto.host.settings import Settings
from leanto.host.toml import names_in_file, write_value

# Who knows the rest of this address can keep the alarm silent that it is there for.
ITS_HOST_ALONE = {("watch", "heartbeat")}


def shown(config: Config, settings: Settings) -> Iterator[str]:
    """Lines of TOML that would be read as the same program, apart from what is secret."""
    knows = may_know(config.rooms)
    for one in fields(config):
        if one.name in knows - SECTIONS.keys() or one.name == "rooms":
            value = write_value(getattr(config, one.name))
            yield f"{one.name} = {value}  # {settings.source((one.name,))}"
    for section in SECTIONS:
        if section in knows and getattr(config, section) is not None:
            yield from _section(section, getattr(config, section), settings)


def _section(section: str, holds: object, settings: Settings) -> Iterator[str]:
    yield f"\n[{section}]"
    for name, one in names_in_file(type(holds)).items():
        where, value = (section, name), getattr(holds, one.name)
        said = settings.source(where)
        if isinstance(value, Path):
            said += "; it is there, and not shown" if value.is_file() else "; THERE IS NO SUCH FILE"
        if where in ITS_HOST_ALONE and value:
            parts = urlsplit(value)
            value, said = f"{parts.scheme}://{parts.netloc}/", f"{said}; the rest is not shown"
        if value is not None:
            yield f"{name} = {write_value(value)}  # {said}"
