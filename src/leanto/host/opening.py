"""Opens a program's folder for a command: its settings read, its desk ready, no page served."""

from pathlib import Path

from leanto.host.clock import Clock
from leanto.host.config import Config, ConfigError, load
from leanto.host.rooms import Room


def open_desk(data: Path, *, clock: Clock) -> Config:
    """Make the desk's actions usable in this process, its database as this version wants it."""
    config = load(data)
    if not config.runs(Room.DESK):
        raise ConfigError(f"The desk is not in {data}. Do this where it is.")
    from leanto.desk.site.asgi import start  # noqa: PLC0415 -- Django reads settings on import
    from leanto.host.deskroom import desk_config  # noqa: PLC0415 -- as above

    start(desk_config(config, clock=clock))
    from leanto.desk.site.migrating import bring_up_to_date  # noqa: PLC0415 -- as above

    bring_up_to_date()
    return config
