"""Which tables the mailroom has, and how an older file comes to have them."""

from importlib.resources import files

from leanto.databases.versions import Schema


def _script(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")


MAILROOM = Schema(newest=_script("schema.sql"), steps={2: _script("step2.sql")})
