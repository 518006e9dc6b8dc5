"""Reads a table that somebody saved from a spreadsheet. Nothing here is ever worked out."""

import csv
from dataclasses import dataclass

from django.utils.translation import gettext as _

LONGEST_BYTES = 200_000
MOST_ROWS = 1_000
MOST_COLUMNS = 40
LONGEST_CELL = 80
SEPARATORS = (",", ";", "\t")
BEGINS_FORMULA = ("=", "+", "-", "@")
NOTHING = {"", "-", "–", "—"}


class Unreadable(Exception):
    """The whole file cannot be read; the message says what to do, to whoever chose it."""


@dataclass(frozen=True)
class Row:
    """Cells in the order of the header; `line` is where it stands in the file, from 1."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The first line's names, and every line below that is not empty."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read(content: bytes) -> Table:
    """What does this file hold? UTF-8 with or without a mark; commas, semicolons or tabs.

    Raises Unreadable.
    """
    text = _text(content)
    lines = [Row(number, cells) for number, cells in _lines(text) if any(cells)]
    if not lines:
        raise Unreadable(_("There is nothing in this file."))
    header, *rows = lines
    if len(header.cells) > MOST_COLUMNS:
        raise Unreadable(_("This file has too many columns. Leave in only those that are needed."))
    if len(rows) > MOST_ROWS:
        raise Unreadable(_("This file has more than 1,000 lines. Bring it in in parts."))
    return Table(header.cells, tuple(rows))


def _text(content: bytes) -> str:
    if len(content) > LONGEST_BYTES:
        raise Unreadable(_("This file is larger than 200 kB. Bring it in in parts."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Unreadable(
            _("This is not a CSV file in UTF-8. In your spreadsheet choose Save as, CSV UTF-8.")
        )
    return text


def _lines(text: str) -> list[tuple[int, tuple[str, ...]]]:
    first, _end, rest = text.partition("\n")
    told = first.strip().strip('"').lower()
    skipped = told.startswith("sep=") and len(told) <= len("sep=,")
    if skipped:
        text = rest
    reader = csv.reader(
        text.splitlines(keepends=True),
        delimiter=_separator(text),
        strict=True,
        skipinitialspace=True,
    )
    try:
        return [(reader.line_num + skipped, tuple(map(_tidy, cells))) for cells in reader]
    except csv.Error:
        line = reader.line_num + skipped
        raise Unreadable(
            _("Line %(line)s cannot be read: a quotation mark is open or misplaced.")
            % {"line": line}
        ) from None


def _separator(text: str) -> str:
    """The sign that stands most often in the first line that says anything, outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=bare.count)


def _tidy(cell: str) -> str:
    one = " ".join(cell.split())
    return "" if one in NOTHING else one
