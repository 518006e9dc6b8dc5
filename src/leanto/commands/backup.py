"""`leanto backup` and `leanto restore`: a program as one file, and the program back from it."""

import argparse
from pathlib import Path
from tempfile import gettempdir

from leanto.commands.program import Commands, add_data
from leanto.host.clock import SystemClock
from leanto.host.config import ConfigError, load


def register(commands: Commands) -> None:
    backup = commands.add_parser("backup", help="write everything into one file; prints its path")
    add_data(backup)
    backup.add_argument("--to", type=Path, help="a folder; by default `backups` in the program's")
    backup.set_defaults(run=_backup)

    restore = commands.add_parser("restore", help="bring a program back from its backup")
    restore.add_argument("file", type=Path, help="what `leanto backup` wrote")
    restore.add_argument("--data", type=Path, help="a new folder for the program")
    restore.add_argument("--verify", action="store_true", help="look whether it is whole, only")
    restore.set_defaults(run=_restore)


def _backup(chosen: argparse.Namespace) -> int:
    from leanto.host.backup import make  # noqa: PLC0415 -- only this command packs

    print(make(load(chosen.data), clock=SystemClock(), folder=chosen.to))
    return 0


def _restore(chosen: argparse.Namespace) -> int:
    from leanto.host.restoring import restore, verify  # noqa: PLC0415 -- as above

    if chosen.verify:
        manifest = verify(chosen.file, near=Path(gettempdir()))
        print(f"Whole: {manifest.program}, {manifest.made:%Y-%m-%d %H:%M} UTC.")
        print(f"{len(manifest.files)} files, every one as it was, every database sound.")
        return 0
    if chosen.data is None:
        raise ConfigError("Say where to: --data and a new folder. Or only look: --verify.")
    manifest = restore(chosen.file, data=chosen.data)
    print(f"{manifest.program} is back in {chosen.data}, as of {manifest.made:%Y-%m-%d %H:%M} UTC.")
    print("Next: `leanto doctor`, then `leanto serve`. What came after that time is not there:")
    print("pockets send again what was not answered; the desk's page Bulletin says what to do.")
    return 0
