"""What officers are told, as the bulletin and the desk's own pages need it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from leanto.desk.directory.models import Chosen, Terms
from leanto.desk.directory.shapes import Content
from leanto.desk.directory.shipped import shipped_helplines, shipped_packs


class NothingChosen(Exception):
    """The program has not yet chosen its pack, its lines or its terms; the message says which."""


@dataclass(frozen=True, kw_only=True)
class LineInPage:
    """A helpline with what a coordinator must know about it today."""

    line: dict[str, Any]
    stale: bool


def pack() -> Content:
    """The jurisdiction pack in force, whole. Raises NothingChosen."""
    return _chosen(Chosen.Kind.PACK).content  # type: ignore[no-any-return] # JSON has no type


def packs() -> list[Content]:
    """Every pack of this release, whole, to read before one is chosen."""
    return list(shipped_packs().values())


def pack_in_force() -> str | None:
    """The name of the pack in force, None before there is one."""
    found = Chosen.objects.filter(kind=Chosen.Kind.PACK).first()
    return found.name if found else None


def helplines() -> list[dict[str, Any]]:
    """The lines in force. Raises NothingChosen."""
    return _chosen(Chosen.Kind.HELPLINES).content["lines"]  # type: ignore[no-any-return] # JSON


def terms() -> Terms:
    """Where the next card lies and how long an answer may take. Raises NothingChosen."""
    found = Terms.objects.first()
    if found is None:
        raise NothingChosen(_("No terms yet: where cards lie and how long an answer may take."))
    return found


def terms_in_form() -> dict[str, Any]:
    """The terms in force as a form shows them, empty before there are any."""
    return dict(Terms.objects.values().first() or {})


def lines_in_page(*, today: date) -> list[LineInPage]:
    """Every line in force, those past their verify-by day marked stale. Raises NothingChosen."""
    return [
        LineInPage(line=line, stale=date.fromisoformat(line["verifyBy"]) < today)
        for line in helplines()
    ]


def newer_shipped() -> list[Content]:
    """Which packs or lists in force have a newer version in this release of Leanto?"""
    shipped = {
        Chosen.Kind.PACK.value: shipped_packs(),
        Chosen.Kind.HELPLINES.value: shipped_helplines(),
    }
    found = ((shipped[row.kind].get(row.name), row.version) for row in Chosen.objects.all())
    return [content for content, version in found if content and content["version"] > version]


def _chosen(kind: Chosen.Kind) -> Chosen:
    row = Chosen.objects.filter(kind=kind).first()
    if row is None:
        if kind == Chosen.Kind.PACK:
            raise NothingChosen(_("No limits of confidentiality chosen yet."))
        raise NothingChosen(_("No lines that answer chosen yet."))
    return row
