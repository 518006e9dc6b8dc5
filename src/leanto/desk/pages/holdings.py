"""What we hold: each live table of the desk in plain words.

Every app says in its `holdings.py` what its tables hold: `HOLDINGS`, from model to words. The page
is made from the live models, so a table or column without words still shows, under its raw name;
a wall test fails for it.
"""

# ruff: noqa: SLF001 -- `_meta` is how Django lets a model be asked about itself

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

from django.apps import AppConfig, apps
from django.db import connection, models
from django.utils.functional import Promise

from leanto.desk.pages.holdings_of_libraries import HOLDINGS as OF_LIBRARIES
from leanto.desk.pages.holdings_of_libraries import WITHOUT_MODEL
from leanto.desk.site.holding import NOT_SHOWN, Holding


@dataclass(frozen=True, kw_only=True)
class Table:
    """One table as shown: how many rows it has now, what it is for, and its columns in words."""

    title: str | Promise
    why: str | Promise
    rows: int
    columns: list[str | Promise]


def tables() -> list[Table]:
    """Every table of the desk's database, ours first, by how it is named on screen."""
    found = [_table(model, words(model)) for model in apps.get_models(include_auto_created=True)]
    there = {*connection.introspection.table_names()} | (
        {"sqlite_sequence"} if connection.vendor == "sqlite" else set()
    )
    found += [_counted(name, said) for name, said in WITHOUT_MODEL.items() if name in there]
    return sorted(found, key=lambda table: (table.rows == 0, str(table.title)))


def by_table() -> dict[str, Holding]:
    """What may each table of the desk's database hold? Columns as the database names them:
    nobody here gives one another name than its field's."""
    listed = dict(WITHOUT_MODEL)
    for model in apps.get_models(include_auto_created=True):
        said = words(model)
        if said is not None:
            columns = {
                field.get_attname(): said.columns[field.name]
                for field in model._meta.concrete_fields
                if field.name in said.columns
            }
            listed[model._meta.db_table] = Holding(title=said.title, why=said.why, columns=columns)
    return listed


def elsewhere() -> dict[str, Any]:
    """What may the program hold outside this database? The allow-list that ships with it."""
    text = files("leanto").joinpath("data", "may-hold.toml").read_text("utf-8")
    return tomllib.loads(text)


def words(model: type[models.Model]) -> Holding | None:
    """What do we say about this table? None when nobody has said anything yet."""
    own: Mapping[str, Holding] = OF_LIBRARIES
    config = apps.get_app_config(model._meta.app_label)
    if config.name.startswith("leanto."):
        own = _holdings(config)
    return own.get(f"{model._meta.app_label}.{model.__name__}")


def _holdings(config: AppConfig) -> Mapping[str, Holding]:
    name = f"{config.name}.holdings"
    if find_spec(name) is None:
        return {}
    found: Mapping[str, Holding] = import_module(name).HOLDINGS
    return found


def _table(model: type[models.Model], said: Holding | None) -> Table:
    explained = said.columns if said else {}
    shown = [explained.get(field.name, field.name) for field in model._meta.concrete_fields]
    return Table(
        title=said.title if said else model.__name__,
        why=said.why if said else "",
        rows=model._default_manager.count(),
        columns=[column for column in shown if column != NOT_SHOWN],
    )


def _counted(name: str, said: Holding) -> Table:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608 -- a name from our own list
        (rows,) = cursor.fetchone()
    shown = [column for column in said.columns.values() if column != NOT_SHOWN]
    return Table(title=said.title, why=said.why, rows=rows, columns=shown)
