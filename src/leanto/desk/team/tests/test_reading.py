"""Whatever somebody saved, and from whatever spreadsheet, is read as it is or refused in words."""

import csv
import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leanto.desk.team.columns import Kind, guess
from leanto.desk.team.plans import Trouble
from leanto.desk.team.reading import LONGEST_BYTES, Table, Unreadable, read
from leanto.desk.team.times import DayOrder, Written, span

CELLS = st.text("abcÁñ =+@,;\t\"'\n1/", max_size=12)
TABLES = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8)
ZONE = ZoneInfo("America/Chicago")


def written(rows: list[list[str]], separator: str) -> bytes:
    kept = io.StringIO()
    csv.writer(kept, delimiter=separator, quoting=csv.QUOTE_ALL).writerows(rows)
    return kept.getvalue().encode()


def tidy(cell: str) -> str:
    return " ".join(cell.split())


def cells(table: Table) -> list[tuple[str, ...]]:
    return [table.header, *(row.cells for row in table.rows)]


@given(TABLES, st.sampled_from(",;\t"), st.sampled_from([b"", b"\xef\xbb\xbf"]))
def test_what_a_spreadsheet_wrote_is_read_as_it_was(
    rows: list[list[str]], separator: str, mark: bytes
) -> None:
    """A mark at the front, another separator or quotation marks change no cell."""
    rows = [["Name", "Agency", "Unit"], *rows]
    content = mark + written(rows, separator)
    kept = [tuple(map(tidy, row)) for row in rows]
    assert cells(read(content)) == [row for row in kept if any(row)]


@given(st.binary(max_size=200) | TABLES.map(lambda rows: written(rows, ";")[3:]))
@example(b"\xff\xfeN\0a\0")
@example(b'a,b\n"c')
@example(b"sep=;\n")
def test_nothing_that_is_chosen_breaks_the_page(content: bytes) -> None:
    """A photo, a half file or a file in another encoding gets a sentence, never a failure."""
    try:
        table = read(content)
    except Unreadable:
        return
    for kind in Kind:
        assert len(guess(kind, table.header)) == len(table.header)


def test_too_much_is_refused() -> None:
    """A wrong file, however long, does not hold the desk up."""
    for content in (b"a" * (LONGEST_BYTES + 1), b"a\n" * 1_002, b"," * 50 + b"x"):
        with pytest.raises(Unreadable):
            read(content)


def test_lines_are_counted_as_a_spreadsheet_counts_them() -> None:
    """The sentence about line 4 is about what stands on line 4."""
    table = read(b"sep=;\r\nName;Agency\r\n\r\nAna;Harlow\r\n")
    assert [(row.line, row.cells) for row in table.rows] == [(4, ("Ana", "Harlow"))]


@pytest.mark.parametrize(
    ("kind", "header", "found"),
    [
        (Kind.TEAM, "Full Name,Department,Division,Badge", "name,agency,unit,"),
        (Kind.TEAM, "NOMBRE,Apellidos,Corporación,Mando", "name,family,agency,chain_of_command"),
        (Kind.TEAM, "name,name,agency", "name,,agency"),
        (Kind.ROTA, "Peer,Start,End,Tier", "peer,start,end,tier"),
        (Kind.ROTA, "Fecha,Nombre,Hora de inicio,Hora de fin", "day,peer,start,end"),
    ],
)  # fmt: skip
def test_usual_names_of_columns_are_known(kind: Kind, header: str, found: str) -> None:
    """English or Spanish, with or without marks; what is not known is left to a person."""
    assert guess(kind, header.split(",")) == tuple(found.split(","))


@pytest.mark.parametrize("kind", list(Kind))
def test_the_samples_need_no_mapping(kind: Kind) -> None:
    """Who starts from a sample has every column known."""
    sample = Path(__file__).parents[5] / "docs" / "samples" / f"{kind}.csv"
    assert "" not in guess(kind, read(sample.read_bytes()).header)


@pytest.mark.parametrize(
    ("cells", "order", "told"),
    [
        (("", "2026-12-01 22:00", "", "2026-12-02 06:00"), "iso", "04:00 12:00"),
        (("2026-12-01", "22:00", "", "06:00"), "iso", "04:00 12:00"),
        (("12/1/2026", "10:00 PM", "", "6 am"), "month-first", "04:00 12:00"),
        (("1.12.2026", "22:00:00", "2.12.2026", "6:00"), "day-first", "04:00 12:00"),
        (("", "2026-12-01T22:00", "", "0600"), "iso", "04:00 12:00"),
        (("2026-11-01", "00:30", "", "01:30"), "iso", "05:30 07:30"),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(
    cells: tuple[str, str, str, str], order: str, told: str
) -> None:
    """On the program's wall clock; a night ends the next day; the hour that comes twice counts."""
    start, until = span(Written(*cells), order=DayOrder(order), zone=ZONE)
    assert f"{start:%H:%M} {until:%H:%M}" == told


@pytest.mark.parametrize(
    "cells",
    [
        ("12/1/2026", "22:00", "", "06:00"),
        ("2026-02-30", "22:00", "", "06:00"),
        ("2026-12-01", "25:00", "", "06:00"),
        ("2026-12-01", "22", "", "06:00"),
        ("2026-12-01", "22:00", "2026-11-30", "06:00"),
        ("2027-03-14", "02:30", "", "06:00"),
        ("", "22:00", "", "06:00"),
        ("9999-12-31", "22:00", "", "06:00"),
    ],
)  # fmt: skip
def test_a_time_that_may_mean_two_things_is_asked_about(cells: tuple[str, str, str, str]) -> None:
    """A guess would put somebody on duty on the wrong night."""
    with pytest.raises(Trouble):
        span(Written(*cells), order=DayOrder.ISO, zone=ZONE)
