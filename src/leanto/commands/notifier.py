"""`leanto notifier`: the process that wakes phones. `leanto serve` starts it by itself."""

import argparse
import os

from leanto.commands.program import Commands, add_data
from leanto.host.clock import SystemClock
from leanto.host.config import ConfigError, load


def register(commands: Commands) -> None:
    notifier = commands.add_parser("notifier", help="what wakes phones; `serve` starts it")
    add_data(notifier)
    notifier.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)
    notifier.set_defaults(run=_notifier)


def _notifier(chosen: argparse.Namespace) -> int:
    from leanto.host.children import end_with_parent  # noqa: PLC0415 -- only where it runs
    from leanto.host.waking import run  # noqa: PLC0415 -- as above

    config = load(chosen.data)
    if not config.notifier:
        raise ConfigError("This program has no notifier: set notifier and notifier_port first.")
    if chosen.with_parent:
        end_with_parent()
    run(config, clock=SystemClock())
    os._exit(0)  # whatever still waits for a server that hangs is on disk, and tried again
