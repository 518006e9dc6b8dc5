"""One file per group of `leanto` subcommands, found by `leanto.cli`.

Each has `register(commands)`, which adds its parsers and sets `run`, a function from the parsed
arguments to an exit code. A file imports a room inside `run` only, so that starting the mailroom
never loads Django.
"""
