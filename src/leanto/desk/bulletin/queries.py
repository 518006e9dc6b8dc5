"""The charter in force and the bulletins handed out."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leanto.desk.admission.keys import key_folder
from leanto.desk.bulletin.keys import key_to_name, public_half
from leanto.desk.bulletin.models import HeldCharter, Publication, Rehearsed
from leanto.desk.site.configuration import configuration
from leanto.rules.weeks import date_of
from leanto.wire.charter import Charter, Lineage, fingerprint
from leanto.wire.duty import DutyPart, Standing
from leanto.wire.head import Head
from leanto.wire.public import PublicPart

RENEW_DAYS = 21


class KeyRole(TextChoices):
    """Which of the two off-line keys."""

    PROGRAM = "program", gettext_lazy("Program key")
    SUCCESSOR = "successor", gettext_lazy("Successor key")


class NotReady(Exception):
    """A bulletin cannot be made yet; the message says what is missing."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What the newest bulletin says, counted from its very bytes."""

    serial: int
    day: date
    last_day: date
    peers: int
    peers_with_key: int
    shifts: int
    pack: str
    pack_version: int
    lines: int


@dataclass(frozen=True, kw_only=True)
class BulletinState:
    """Where the program stands with its charter and its bulletin; None where there is none yet."""

    charter_until: date | None
    charter_runs_out: bool
    said: Said | None
    stale: bool
    pushed: bool
    refused: bool


def charter() -> Charter:
    """The charter in force. Raises NotReady before the first one."""
    row = HeldCharter.objects.first()
    if row is None:
        raise NotReady(_("The key holder has not signed a charter yet."))
    return Charter.read(bytes(row.body))


def lineage() -> Lineage:
    """How the program key came down to the one in force: what the mailroom shows beside it."""
    row = HeldCharter.objects.first()
    return Lineage() if row is None else Lineage.read(bytes(row.lineage))


def keys_to_rehearse() -> dict[KeyRole, bytes]:
    """The off-line keys that the charter in force names, 32 bytes each. Raises NotReady."""
    held = charter()
    keys = {KeyRole.PROGRAM: held.program_key}
    return keys if held.successor_key is None else keys | {KeyRole.SUCCESSOR: held.successor_key}


def rehearsed() -> dict[KeyRole, date]:
    """Which keys of the charter in force did their holders show they can bring back, and when
    last? Empty before the first charter."""
    try:
        keys = keys_to_rehearse()
    except NotReady:
        return {}
    days = dict(Rehearsed.objects.values_list("fingerprint", "on"))
    shown = {role: days.get(fingerprint(key).hex()) for role, key in keys.items()}
    return {role: day for role, day in shown.items() if day is not None}


def pinned_fingerprint() -> bytes:
    """What cards and invitations printed today pin: the program key in force, 16 bytes."""
    row = HeldCharter.objects.first()
    if row is None:
        return bytes.fromhex(configuration().fingerprint)
    return fingerprint(Charter.read(bytes(row.body)).program_key)


def fresh_key_waits() -> bool:
    """Whether a key to sign bulletins with waits for a charter that names it."""
    row = HeldCharter.objects.first()
    if row is None:
        return False
    return not Charter.read(bytes(row.body)).names(public_half(key_to_name(key_folder())))


def newest() -> Publication | None:
    """The newest bulletin, pushed or not."""
    return Publication.objects.first()


def state(*, today: int) -> BulletinState:
    """How do charter and bulletin stand on this day?"""
    publication, until = newest(), _charter_until()
    said = _said(publication) if publication else None
    return BulletinState(
        charter_until=date_of(until) if until else None,
        charter_runs_out=until is not None and until < today + RENEW_DAYS,
        said=said,
        stale=said is not None and said.last_day < date_of(today),
        pushed=publication is not None and publication.pushed == Publication.Pushed.YES,
        refused=publication is not None and publication.pushed == Publication.Pushed.REFUSED,
    )


def _charter_until() -> int | None:
    try:
        return max(one.last_day for one in charter().bulletin_keys)
    except NotReady:
        return None


def _said(publication: Publication) -> Said:
    head = Head.read(bytes(publication.head))
    public = PublicPart.read(bytes(publication.public))
    listed = DutyPart.read(bytes(publication.duty)).people
    people = [one for one in listed if one.standing is Standing.ORDINARY]
    return Said(
        serial=head.serial,
        day=date_of(head.day),
        last_day=date_of(head.last_day),
        peers=len(people),
        peers_with_key=sum(bool(person.duty_addresses) for person in people),
        shifts=sum(len(person.shifts) for person in people),
        pack=public.pack["id"],
        pack_version=public.pack["version"],
        lines=len(public.helplines),
    )
