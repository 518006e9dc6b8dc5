"""The `leanto` command: finds the subcommands in `leanto.commands` and runs the one asked for."""

import argparse
import importlib
import pkgutil
import sys
from collections.abc import Sequence
from importlib.metadata import version

from leanto import commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one subcommand and gives its exit code; without one, prints the help.

    What was refused is one sentence on stderr and the code 2; a fault of ours keeps its traceback.
    """
    parser = build_parser()
    chosen = parser.parse_args(arguments)
    if "run" not in chosen:
        parser.print_help()
        return 0
    try:
        exit_code: int = chosen.run(chosen)
    except Exception as fault:
        sentence = _sentence(fault)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        return 2
    return exit_code


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="leanto", description="A peer support program in a box.")
    parser.add_argument("--version", action="version", version=f"leanto {version('leanto')}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND")
    for found in pkgutil.iter_modules(commands.__path__):
        if not found.ispkg:  # the package `tests` is no command
            importlib.import_module(f"{commands.__name__}.{found.name}").register(subparsers)
    return parser


def _sentence(fault: Exception) -> str | None:
    """What a person can do something about: our own refusals, and files that are not there."""
    if isinstance(fault, OSError) and fault.filename is not None:
        return f"{fault.filename}: {fault.strerror}."
    ours = type(fault).__module__.startswith(f"{__package__}.")
    return str(fault) or None if ours else None
