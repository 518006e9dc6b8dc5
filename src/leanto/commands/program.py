"""`leanto init`, `charter`, `publish`, `serve`: a program from nothing to running."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from leanto.host.clock import SystemClock, moment
from leanto.host.config import Config, ConfigError, load, save

type Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001 -- argparse names its own type so


def register(commands: Commands) -> None:
    init = commands.add_parser("init", help="make a new program in a folder")
    add_data(init)
    init.add_argument("--program-key", required=True, help="public half, as `leanto key new` says")
    init.add_argument("--name", required=True, help="what officers call the program")
    init.add_argument("--region", required=True)
    init.add_argument("--time-zone", required=True, help="such as America/Chicago")
    init.add_argument("--pocket", required=True, help="origin of the officers' pages")
    init.add_argument("--desk", required=True, help="origin of the coordinators' pages")
    init.add_argument("--mailroom", required=True, help="origin of the mailroom")
    init.add_argument("--host", default="127.0.0.1", help="address to listen on")
    init.add_argument("--port", type=int, default=8000)
    init.add_argument("--pack", default="us-federal", help="jurisdiction pack")
    init.add_argument("--helplines", default="us", help="list of lines that answer")
    init.add_argument("--card-place", required=True, help="where the next card lies")
    init.set_defaults(run=_init)

    charter = commands.add_parser("charter", help="put a signed charter in force")
    add_data(charter)
    charter.add_argument("file", type=Path, help="what `leanto key charter` wrote")
    charter.set_defaults(run=_charter)

    publish = commands.add_parser("publish", help="make the next bulletin now")
    add_data(publish)
    publish.set_defaults(run=_publish)

    serve = commands.add_parser("serve", help="run the program until Ctrl-C")
    add_data(serve)
    serve.set_defaults(run=_serve)


def add_data(parser: argparse.ArgumentParser) -> None:
    """Every command about a program takes its folder."""
    parser.add_argument("--data", type=Path, required=True, help="the program's folder")
