"""`leanto config show`: what is in force, and where each setting was written."""

import argparse
import os

from leanto.commands.program import Commands, add_data
from leanto.host.config import load_with_sources
from leanto.host.showing import shown


def register(commands: Commands) -> None:
    config = commands.add_parser("config", help="the settings of a program")
    acts = config.add_subparsers(title="acts", metavar="ACT", required=True)
    show = acts.add_parser("show", help="what is in force, and where it was written; no secrets")
    add_data(show)
    show.set_defaults(run=_show)


def _show(chosen: argparse.Namespace) -> int:
    for line in shown(*load_with_sources(chosen.data, environment=os.environ)):
        print(line)
    return 0
