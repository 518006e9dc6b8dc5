"""What an operator wrote, and where: one TOML file, and over it variables of the environment.

`port` is `LEANTO_PORT`; `host` in `[mail]` is `LEANTO_MAIL__HOST`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

PREFIX, WITHIN = "LEANTO_", "__"

type Where = tuple[str, ...]


class NotSet(ValueError):
    """What was written cannot be used; the message says what to change."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`table` is what counts; `variables` names those that replaced or added something."""

    path: Path
    table: dict[str, Any]
    variables: dict[Where, str]

    def written_in(self) -> str:
        """Where a person looks to change it."""
        return ", ".join([str(self.path), *sorted(self.variables.values())])

    def source(self, where: Where) -> str:
        """The variable, the file, or that nobody wrote it."""
        if where in self.variables:
            return self.variables[where]
        found: Any = self.table
        for name in where:
            found = found.get(name) if isinstance(found, dict) else None
        return "as shipped" if found is None else self.path.name


def read_settings(
    path: Path, environment: Mapping[str, str], *, kinds: Mapping[Where, object]
) -> Settings:
    """The file, with the environment over it. Raises NotSet, or FileNotFoundError.

    A name that nobody knows is refused in both, so that a slip of the pen never means a default.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise NotSet(f"{path} is not readable TOML: {error}.") from None
    if unknown := table.keys() - {name for name, *_ in kinds}:
        raise NotSet(f"{path} has a setting nobody knows: {min(unknown)}. Remove it.")
    variables = {_variable(where): where for where in kinds}
    settable = {name: where for name, where in variables.items() if not _is_section(where, kinds)}
    said = {name: text for name, text in environment.items() if name.startswith(PREFIX)}
    if strange := said.keys() - settable.keys():
        raise NotSet(f"{min(strange)} in the environment is no setting that anybody knows.")
    for name, text in sorted(said.items()):
        _put(table, settable[name], _value(name, text, kinds[settable[name]]), path)
    return Settings(
        path=path, table=table, variables={settable[name]: name for name in sorted(said)}
    )


def _variable(where: Where) -> str:
    return PREFIX + WITHIN.join(where).upper()


def _is_section(where: Where, kinds: Mapping[Where, object]) -> bool:
    return any(other[:1] == where and len(other) > 1 for other in kinds)


def _value(variable: str, text: str, kind: object) -> object:
    """A text stands as it is; a number, a list, true and false as they would in the file."""
    is_choice = isinstance(kind, type) and issubclass(kind, StrEnum)
    if is_choice or kind in (str, Path | None):
        return text
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        said = f"{variable} in the environment is to be written as it would be in leanto.toml"
        raise NotSet(f'{said}, such as 25, true or ["a", "b"].') from None


def _put(table: dict[str, Any], where: Where, value: object, path: Path) -> None:
    *within, name = where
    for section in within:
        table = table.setdefault(section, {})
        if not isinstance(table, dict):
            raise NotSet(f"{path}: [{section}] must be a section of its own.")
    table[name] = value
