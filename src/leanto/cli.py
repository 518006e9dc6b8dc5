"""The `leanto` command: finds the subcommands in `leanto.commands` and runs the one asked for."""

import argparse
import importlib
import pkgutil
from collections.abc import Sequence
from importlib.metadata import version

from leanto import commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one subcommand and gives its exit code; without one, prints the help."""
    parser = build_parser()
    chosen = parser.parse_args(arguments)
    if "run" not in chosen:
        parser.print_help()
        return 0
    exit_code: int = chosen.run(chosen)
    return exit_code


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="leanto", description="A peer support program in a box.")
    parser.add_argument("--version", action="version", version=f"leanto {version('leanto')}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND")
    for found in pkgutil.iter_modules(commands.__path__):
        if not found.ispkg:  # the package `tests` is no command
            importlib.import_module(f"{commands.__name__}.{found.name}").register(subparsers)
    return parser
