"""Which tables the mailroom has, and how an older file comes to have them."""

from importlib.resources import files

from leanto.databases.versions import Schema

MAILROOM = Schema(newest=files(__package__).joinpath("schema.sql").read_text("utf-8"), steps={})
