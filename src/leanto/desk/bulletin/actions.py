"""Assembling, signing and handing out bulletins."""

import secrets
from contextlib import suppress
from datetime import datetime

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from django.utils.translation import gettext as _

from leanto.desk.admission.actions import turn_epochs
from leanto.desk.admission.keys import key_folder, members_key
from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.bulletin import keys
from leanto.desk.bulletin.assembling import Content, content
from leanto.desk.bulletin.charters import CharterRefused, charter_request, install_charter
from leanto.desk.bulletin.mailroom import RefusedByMailroom, Unreachable, put
from leanto.desk.bulletin.models import HeldCharter, Publication
from leanto.desk.bulletin.queries import NotReady, charter, newest
from leanto.desk.bulletin.rehearsing import store_rehearsal
from leanto.desk.directory.queries import NothingChosen
from leanto.desk.enrolment.actions import drop_past_bundles
from leanto.desk.people.models import Staff
from leanto.desk.site.configuration import configuration
from leanto.rules.weeks import day_of, sealing_epoch
from leanto.wire.charter import Charter, Lineage
from leanto.wire.head import BEFORE_THE_FIRST, Bulletin, Head, Part
from leanto.wire.members import NONCE_SIZE, members_aad, members_key_hash

__all__ = [
    "CharterRefused",
    "charter_request",
    "install_charter",
    "publish",
    "publish_if_due",
    "push_pending",
    "sign_next",
    "store_rehearsal",
]

FRESH_DAYS = 7
KEPT_BULLETINS = 14


def publish(*, now: datetime, by: Staff | None = None) -> Publication:
    """Make the next bulletin, even if nothing changed, and hand it to the mailroom.

    What could not be handed over is kept and sent again by `push_pending`. Raises NotReady.
    """
    with transaction.atomic():
        publication = sign_next(now=now)
        record(act=Act.PUBLISHED, on=f"bulletin {publication.serial}", by=by, now=now)
    push_pending()
    publication.refresh_from_db()
    return publication


def publish_if_due(*, now: datetime) -> Publication | None:
    """Make the next bulletin if the day or anything in it changed; always push what waits.

    For the clock that ticks every minute, and after every change at the desk: an edit of the rota
    or a peer who stands down reaches the pockets without anyone thinking of it. Gives None when
    nothing is due, or when the program is not ready to publish.
    """
    publication = None
    try:
        with transaction.atomic():
            last = newest()
            if last is None or last.content_hash != _sum(_content(now), now=now):
                publication = sign_next(now=now)
    except NotReady:
        return None
    push_pending()
    return publication


def push_pending() -> bool:
    """Hand the newest bulletin to the mailroom if it waits; gives whether anything still does.

    The charter goes first, every time: a mailroom that starts anew knows only a fingerprint.
    """
    publication, held = newest(), HeldCharter.objects.first()
    if publication is None or held is None or publication.pushed == Publication.Pushed.YES:
        return False
    origin = configuration().mailroom
    try:
        _put_charter(origin, held)
        put(origin=origin, path="/bulletin", body=_body(publication))
        pushed = Publication.Pushed.YES
    except Unreachable:
        pushed = Publication.Pushed.UNREACHABLE
    except RefusedByMailroom:
        pushed = Publication.Pushed.REFUSED
    Publication.objects.filter(serial=publication.serial).update(pushed=pushed)
    return pushed != Publication.Pushed.YES


def _put_charter(origin: str, held: HeldCharter) -> None:
    """A mailroom that knows only an earlier program key is shown how it passed on."""
    try:
        put(origin=origin, path="/charter", body=bytes(held.body))
    except RefusedByMailroom as refusal:
        past = Lineage.read(bytes(held.lineage)).charters
        if refusal.problem != "bulletin-forged" or not past:
            raise
        for one in past:
            with suppress(RefusedByMailroom):
                put(origin=origin, path="/charter", body=one.write())
        put(origin=origin, path="/charter", body=bytes(held.body))


def _content(now: datetime) -> Content:
    folder = key_folder()
    turn_epochs(folder=folder, today=day_of(now))
    drop_past_bundles(today=day_of(now))
    try:
        return content(folder=folder, now=now)
    except NothingChosen as missing:
        raise NotReady(str(missing)) from None


def sign_next(
    *, now: datetime, serial: int | None = None, after: Head | None = None
) -> Publication:
    """Make the next bulletin, not handed to anyone yet: after the newest here, or after a head
    elsewhere, with a serial above either's. Raises NotReady."""
    today, last, folder, day = _content(now), newest(), key_folder(), day_of(now)
    signing_key = keys.key_named_by(charter(), folder)
    held = _charter_naming(keys.public_half(signing_key), day=day)
    serial = serial or (last.serial + 1 if last else 1)
    before = after or (Head.read(bytes(last.head)) if last else None)
    epoch = sealing_epoch(today=day)
    opening = members_key(folder, epoch)
    sealed = _seal(today.members, opening, program_id=held.program_id, serial=serial)
    unsigned = Head(
        program_id=held.program_id,
        serial=serial,
        previous=before.hash() if before else BEFORE_THE_FIRST,
        day=day,
        last_day=day + FRESH_DAYS,
        epoch=epoch,
        members_key_hash=members_key_hash(opening),
        public=Part.of(today.public),
        members=Part.of(sealed),
        duty=Part.of(today.duty),
        bulletin_key=keys.public_half(signing_key),
    )
    publication = Publication.objects.create(
        serial=serial,
        content_hash=_sum(today, now=now),
        head=unsigned.unsigned() + signing_key.sign(unsigned.signed_part()),
        public=today.public,
        members=sealed,
        duty=today.duty,
        signed_at=now,
    )
    Publication.objects.filter(serial__lte=serial - KEPT_BULLETINS).delete()
    return publication


def _sum(today: Content, *, now: datetime) -> str:
    """A new charter reaches the pockets like any other change."""
    return today.hash(day=day_of(now), charter=charter().write())


def _charter_naming(bulletin_key: bytes, *, day: int) -> Charter:
    held = charter()
    if not any(one.key == bulletin_key and one.last_day >= day for one in held.bulletin_keys):
        raise NotReady(_("The charter does not name this desk's bulletin key any more. Renew it."))
    return held


def _seal(plain: bytes, key: bytes, *, program_id: bytes, serial: int) -> bytes:
    nonce = secrets.token_bytes(NONCE_SIZE)
    aad = members_aad(program_id=program_id, serial=serial)
    return nonce + AESGCM(key).encrypt(nonce, plain, aad)


def _body(publication: Publication) -> bytes:
    head = Head.read(bytes(publication.head))
    parts = (publication.public, publication.members, publication.duty)
    return Bulletin(head, *map(bytes, parts)).write()
