"""Which column of a file means what: by the usual names, and by what somebody chose instead."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(StrEnum):
    """What is brought in."""

    TEAM = "team"
    ROTA = "rota"


@dataclass(frozen=True)
class Field:
    """Something that a column may hold; `usual` are names of such columns, in plain letters."""

    name: str
    label: Promise
    usual: tuple[str, ...]
    needed: bool = False


FIELDS = {
    Kind.TEAM: (
        Field(
            "name",
            _("Name"),
            ("name", "full name", "peer", "peer name", "first name", "nombre", "nombre completo"),
            needed=True,
        ),
        Field(
            "family",
            _("Family name, if apart"),
            ("last name", "surname", "family name", "apellido", "apellidos"),
        ),
        Field(
            "agency",
            _("Agency, by name or short code"),
            ("agency", "department", "employer", "agencia", "departamento", "corporacion"),
            needed=True,
        ),
        Field(
            "unit", _("Unit"), ("unit", "division", "station", "unidad", "division", "comisaria")
        ),
        Field(
            "chain_of_command",
            _("Chain of command"),
            (
                "chain of command",
                "supervisor",
                "reports to",
                "cadena de mando",
                "mando",
                "superior",
            ),
        ),
        Field(
            "reserve",
            _("May be rung outside shifts, yes or no"),
            ("reserve", "may be rung outside shifts", "on call", "reserva", "fuera de turno"),
        ),
    ),
    Kind.ROTA: (
        Field(
            "peer",
            _("Peer, by name or by what members see"),
            ("peer", "name", "full name", "handle", "first name", "nombre", "nombre completo"),
            needed=True,
        ),
        Field(
            "family",
            _("Family name, if apart"),
            ("last name", "surname", "family name", "apellido", "apellidos"),
        ),
        Field(
            "day",
            _("Day on which it begins"),
            ("date", "day", "start date", "from day", "fecha", "dia", "fecha de inicio"),
        ),
        Field(
            "start",
            _("When it begins"),
            (
                "start",
                "from",
                "begins",
                "start time",
                "from time",
                "inicio",
                "desde",
                "entrada",
                "hora de inicio",
            ),
            needed=True,
        ),
        Field(
            "end_day",
            _("Day on which it ends"),
            ("end date", "until day", "to date", "fecha de fin", "fecha final"),
        ),
        Field(
            "end",
            _("When it ends"),
            (
                "end",
                "until",
                "to",
                "ends",
                "end time",
                "until time",
                "fin",
                "hasta",
                "salida",
                "hora de fin",
            ),
            needed=True,
        ),
        Field("tier", _("How: on duty, available or reserve"), ("tier", "how", "type", "tipo")),
    ),
}


def guess(kind: Kind, header: Sequence[str]) -> tuple[str, ...]:
    """What does each column hold, by its name? Empty for what is not known; no field twice."""
    found: list[str] = []
    for name in map(plain, header):
        fields = (one.name for one in FIELDS[kind] if name in one.usual or name == plain(one.name))
        field = next(fields, "")
        found.append("" if field in found else field)
    return tuple(found)


class ColumnsRefused(Exception):
    """What was said about columns does not fit this file; the message says what to say instead."""


def columns_as(kind: Kind, header: Sequence[str], *, said: Sequence[str]) -> tuple[str, ...]:
    """The same, where `said` are words such as `Nombre=name` that count first.

    Raises ColumnsRefused.
    """
    names = [one.name for one in FIELDS[kind]]
    told = dict(one.rpartition("=")[::2] for one in said)
    for name, field in told.items():
        if name not in header or field not in {"", *names}:
            known = f"columns here are {', '.join(header)}; fields {', '.join(names)}"
            raise ColumnsRefused(f"“{name}={field}”: {known}.")
    guessed = guess(kind, header)
    chosen = tuple(
        told[name] if name in told else "" if field in told.values() else field
        for name, field in zip(header, guessed, strict=True)
    )
    if lacking := missing(kind, chosen) or twice(kind, chosen):
        field = lacking[0].name
        raise ColumnsRefused(f"Say which one column holds {field}: --column NAME={field}")
    return chosen


def missing(kind: Kind, chosen: Sequence[str]) -> list[Field]:
    """Which fields must be there and are in no column?"""
    return [one for one in FIELDS[kind] if one.needed and one.name not in chosen]


def twice(kind: Kind, chosen: Sequence[str]) -> list[Field]:
    """Which fields are in more than one column?"""
    return [one for one in FIELDS[kind] if chosen.count(one.name) > 1]


def by_field(chosen: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    """The cells of one line under the names of fields; a cell that is not there is empty."""
    full = [*cells, *[""] * (len(chosen) - len(cells))]
    return {name: cell for name, cell in zip(chosen, full, strict=False) if name}


def plain(text: str) -> str:
    """Small letters without marks, one space between words: how names are compared."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not _is_mark(one))
    return " ".join("".join(one if one.isalnum() else " " for one in bare).casefold().split())


def _is_mark(sign: str) -> bool:
    return unicodedata.category(sign) == "Mn"
