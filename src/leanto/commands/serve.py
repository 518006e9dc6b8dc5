"""`leanto serve`: runs the rooms of a folder, or one of them."""

import argparse
import contextlib
import os
from pathlib import Path

from leanto.commands.program import Commands, add_data
from leanto.host.clock import Clock, SystemClock, moment
from leanto.host.config import Config, ConfigError, load, missing
from leanto.host.rooms import ALL, Room


def register(commands: Commands) -> None:
    serve = commands.add_parser("serve", help="run the program, or one room of it, until Ctrl-C")
    serve.add_argument(
        "room",
        nargs="?",
        choices=[str(one) for one in ALL],
        help="this one alone; else all of the folder",
    )
    add_data(serve)
    serve.set_defaults(run=_serve)


def _serve(chosen: argparse.Namespace) -> int:
    clock, config = SystemClock(), load(chosen.data)
    running = config.rooms if chosen.room is None else (chosen.room,)
    if strange := set(running) - set(config.rooms):
        raise ConfigError(f"The {min(strange)} is not in {chosen.data}. Serve it where it is.")
    if Room.DESK in running:
        _open_desk(chosen.data, clock=clock)
    for room in (Room.POCKET, Room.DESK):
        if room in running:
            print(f"{NAMED[room]}: {getattr(config, room)}")
    for sentence in missing(config):
        print(sentence)
    _run(config, running, clock=clock)
    return 0


NAMED = {Room.POCKET: "Officers and peers", Room.DESK: "Coordinators"}


def _open_desk(data: Path, *, clock: Clock) -> None:
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk
    from leanto.watch.equipment import equip  # noqa: PLC0415 -- as above

    config = open_desk(data, clock=clock)
    equip(config, now=moment(clock))  # where the watch runs apart, its file is carried there


def _run(config: Config, running: tuple[str, ...], *, clock: Clock) -> None:
    """What opens no port of its own, or only its own, is served here where nothing else is."""
    from leanto.host import waking  # noqa: PLC0415 -- only where it runs
    from leanto.host.children import kept_running  # noqa: PLC0415 -- as above
    from leanto.host.serve import BEHIND_ONE_PORT, beside, run  # noqa: PLC0415 -- as above
    from leanto.watch.minutes import keep_looking  # noqa: PLC0415 -- as above

    if BEHIND_ONE_PORT & set(running):
        with kept_running(beside(config, running=running)):
            run(config, clock=clock, running=running)
        return
    waking.share_secret(config)
    if Room.NOTIFIER in running:
        waking.run(config, clock=clock)
        os._exit(0)  # as `leanto notifier` does
    else:
        with contextlib.suppress(KeyboardInterrupt):
            keep_looking(config, clock=clock)
