"""The operator's file, read strictly and written back: plain values, a section for each thing."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

# `from` is no name in Python.
IN_THE_FILE = {"sender": "from"}


class SectionRefused(ValueError):
    """A section cannot be used; the message says what to change."""


def names_in_file(kind: type) -> dict[str, Any]:
    """The fields of a section's class, by the names that an operator writes."""
    return {IN_THE_FILE.get(one.name, one.name): one for one in fields(kind)}


def read_section[Kind](
    kind: type[Kind], table: object, *, name: str, folder: Path, credentials: Path | None = None
) -> Kind:
    """This section as its own class. File names in it count from `credentials` where a file of
    that name lies there, and else from the program's folder.

    Raises SectionRefused, and whatever the class itself refuses.
    """
    if not isinstance(table, dict):
        raise SectionRefused(f"[{name}] must be a section of its own.")
    known = names_in_file(kind)
    if unknown := table.keys() - known.keys():
        raise SectionRefused(f"[{name}] has a setting nobody knows: {min(unknown)}. Remove it.")
    lacking = {file for file, one in known.items() if one.default is MISSING} - table.keys()
    if lacking:
        raise SectionRefused(f"[{name}] lacks the setting {min(lacking)}. Add it.")
    folders = [folder] if credentials is None else [credentials, folder]
    values = {
        known[file].name: _read(known[file].type, value, f"{file} in [{name}]", folders)
        for file, value in table.items()
    }
    return kind(**values)


def write_section(name: str, section: Any) -> Iterator[str]:
    """The lines that `read_section` reads; what is left to its default is left out."""
    yield ""
    yield f"[{name}]"
    for one in fields(section):
        value = getattr(section, one.name)
        if value != one.default:
            yield f"{IN_THE_FILE.get(one.name, one.name)} = {write_value(value)}"


def write_value(value: object) -> str:
    if isinstance(value, int):
        return str(value).lower()  # `True` is `true` in TOML
    if isinstance(value, tuple):
        return f"[{', '.join(map(write_value, value))}]"
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _read(kind: Any, value: object, where: str, folders: list[Path]) -> object:
    wanted = {int: "number", tuple[str, ...]: "list of texts"}.get(kind, "text")
    if not _fits(wanted, value):
        raise SectionRefused(f"{where} must be a {wanted}, written as such in TOML.")
    if isinstance(value, list):
        return tuple(value)
    if kind == Path | None:
        there = [one / str(value) for one in folders]
        return next((one for one in there if one.is_file()), there[-1])
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        try:
            return kind(str(value))
        except ValueError:
            raise SectionRefused(f"{where} is one of: {', '.join(kind)}.") from None
    return value


def _fits(wanted: str, value: object) -> bool:
    if wanted == "number":
        return type(value) is int
    if wanted == "text":
        return isinstance(value, str)
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
