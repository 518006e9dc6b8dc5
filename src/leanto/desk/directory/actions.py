"""Choosing what officers are told."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.directory.models import Chosen, Terms
from leanto.desk.directory.shapes import BadData, Content
from leanto.desk.directory.shipped import shipped_helplines, shipped_packs
from leanto.desk.people.models import Staff
from leanto.desk.site.publishing import publish_soon

_ACTS = {Chosen.Kind.PACK: Act.CHOSE_PACK, Chosen.Kind.HELPLINES: Act.CHOSE_HELPLINES}


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long an officer is told it may take, in minutes, by urgency."""

    now_minutes: int
    today_minutes: int
    whenever_minutes: int


@transaction.atomic
def choose_pack(*, name: str, by: Staff | None, now: datetime) -> None:
    """Put this shipped jurisdiction pack in force, as it is today. Raises BadData."""
    _choose(Chosen.Kind.PACK, shipped_packs(), name, by=by, now=now)


@transaction.atomic
def choose_helplines(*, name: str, by: Staff | None, now: datetime) -> None:
    """Put this shipped list of lines in force, as it is today. Raises BadData."""
    _choose(Chosen.Kind.HELPLINES, shipped_helplines(), name, by=by, now=now)


@transaction.atomic
def take_newer(*, by: Staff | None, now: datetime) -> None:
    """Put newer versions of the pack and the lines in force, where this release has some."""
    for row in Chosen.objects.all():
        shipped = shipped_packs() if row.kind == Chosen.Kind.PACK else shipped_helplines()
        if row.name in shipped and shipped[row.name]["version"] > row.version:
            _choose(Chosen.Kind(row.kind), shipped, row.name, by=by, now=now)


@transaction.atomic
def set_terms(
    *,
    card_place_en: str,
    card_place_es: str,
    patience: Patience,
    by: Staff | None,
    now: datetime,
) -> None:
    """Say where the next card lies and how long an answer may take."""
    Terms.objects.update_or_create(
        id=1,
        defaults={
            "card_place_en": card_place_en,
            "card_place_es": card_place_es,
            "patience_now_minutes": patience.now_minutes,
            "patience_today_minutes": patience.today_minutes,
            "patience_whenever_minutes": patience.whenever_minutes,
        },
    )
    record(act=Act.SET_TERMS, on=f"{patience.now_minutes} minutes", by=by, now=now)
    publish_soon()


def _choose(
    kind: Chosen.Kind,
    shipped: dict[str, Content],
    name: str,
    *,
    by: Staff | None,
    now: datetime,
) -> None:
    content = shipped.get(name)
    if content is None:
        raise BadData(f"No {kind} called {name}. There are: {', '.join(shipped)}.")
    version = content["version"]
    Chosen.objects.update_or_create(
        kind=kind, defaults={"name": name, "version": version, "content": content}
    )
    record(act=_ACTS[kind], on=f"{name}, version {version}", by=by, now=now)
    publish_soon()
