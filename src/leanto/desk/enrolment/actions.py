"""From an invitation to a vouch, each step one person's act."""

import secrets
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.bulletin.queries import NotReady, charter
from leanto.desk.enrolment.models import Enrolment, OwnWord, WeeklyBundle
from leanto.desk.enrolment.queries import by_invitation, current, digest, serving
from leanto.desk.nameless import Refused
from leanto.desk.people.models import Staff
from leanto.desk.roster.actions import mark_enrolled
from leanto.desk.roster.models import Peer, Standing
from leanto.desk.roster.queries import status_of
from leanto.desk.signatures import NotSigned, verify
from leanto.desk.site.publishing import publish_soon
from leanto.rules.weeks import day_of, monday_of
from leanto.wire.bundle import Bundle
from leanto.wire.cards import INVITATION_SIZE
from leanto.wire.enrolment import BundlesBody, HandIn
from leanto.wire.errors import WireError, WrongLayout
from leanto.wire.sheets import Heading, read_sheet, write_sheet
from leanto.wire.vouch import VOUCH_DAYS, Vouch

INVITATION_DAYS = 30
BUNDLE_KEPT_DAYS = 21
WEEKS_AHEAD = 5


class InvitationUsed(Refused):
    """Other keys have been handed in with this invitation."""

    problem = "invitation-used"


class KeysRefused(Refused):
    """A signature does not fit, a key is worthless, or an address belongs to somebody else."""

    problem = "keys-refused"


class NotNow(Exception):
    """This step is not open; the message says why, to the coordinator."""


@transaction.atomic
def invite(*, peer: Peer, by: Staff | None, now: datetime) -> bytes:
    """Give the 16 secret bytes of a new invitation, this once; an earlier one ends.

    For a new peer, and for a peer with a new phone: the old keys stand until the new are vouched
    for. Raises NotNow for somebody who stood down.
    """
    if status_of(peer, at=now) not in {Standing.Status.INVITED, Standing.Status.ENROLLED}:
        raise NotNow(_("They stood down. Invite them on the roster first."))
    try:
        charter()
    except NotReady:
        raise NotNow(_("First the key holder must sign the program's charter.")) from None
    withdraw(peer=peer, by=by, now=now)
    invitation = secrets.token_bytes(INVITATION_SIZE)
    Enrolment.objects.create(
        peer=peer,
        invitation_digest=digest(invitation),
        last_day=day_of(now) + INVITATION_DAYS,
    )
    record(act=Act.MADE_INVITATION, on=peer.name, by=by, now=now)
    return invitation


@transaction.atomic
def withdraw(*, peer: Peer, by: Staff | None, now: datetime) -> None:
    """End the invitation under way, whatever has been handed in with it. A vouch stays in force."""
    under_way = Enrolment.objects.filter(peer=peer).exclude(
        state__in=[Enrolment.State.VOUCHED, Enrolment.State.ENDED]
    )
    if under_way.update(state=Enrolment.State.ENDED):
        record(act=Act.WITHDREW_INVITATION, on=peer.name, by=by, now=now)


@transaction.atomic
def turn_keys_off(*, peer: Peer, by: Staff | None, now: datetime) -> None:
    """A phone is lost: its keys leave the next bulletin, and no room takes what they sign.

    The peer stays on the roster and on the rota; a new phone is enrolled by a new invitation, and
    one that is under way stays. Raises NotNow when there is no key to turn off.
    """
    vouched = Enrolment.objects.filter(peer=peer, state=Enrolment.State.VOUCHED)
    if not vouched.update(state=Enrolment.State.ENDED):
        raise NotNow(_("There are no keys in force."))
    record(act=Act.TURNED_KEYS_OFF, on=peer.name, by=by, now=now)
    publish_soon()


@transaction.atomic
def hand_in(*, body: HandIn, today: int) -> None:
    """Take a peer's public keys, first bundles and what they share. The same again is harmless.

    Raises InvitationUnknown, InvitationUsed and KeysRefused.
    """
    enrolment = by_invitation(body.invitation, today=today)
    if enrolment.signing_key is not None:
        if _keys(enrolment) != (body.signing_key, body.agreement_key):
            raise InvitationUsed
        return
    if not body.handle.isprintable():
        raise WrongLayout("a handle with signs that cannot be shown")
    program_id = charter().program_id
    _check_signed(body.signing_key, body.signature, body.signed_part(program_id=program_id))
    _check_agreement_key(body.agreement_key)
    enrolment.handle = body.handle
    enrolment.signing_key, enrolment.agreement_key = body.signing_key, body.agreement_key
    enrolment.shared = [[int(item.kind), item.text] for item in body.shared]
    enrolment.state = Enrolment.State.HANDED_IN
    _save_or_refuse(enrolment)
    _keep_bundles(enrolment, body.bundles, program_id=program_id, today=today)


@transaction.atomic
def hand_in_bundles(*, body: BundlesBody, now: datetime) -> None:
    """Take a vouched peer's bundles for the coming weeks; a week handed in again is replaced.

    Raises KeysRefused, also for a key that nobody here vouched for.
    """
    enrolment = Enrolment.objects.filter(
        signing_key=body.signing_key, state=Enrolment.State.VOUCHED
    ).first()
    program_id = charter().program_id
    if enrolment is None or body.program_id != program_id or not serving(enrolment, now=now):
        raise KeysRefused
    _check_signed(body.signing_key, body.signature, body.signed_part())
    _keep_bundles(enrolment, body.bundles, program_id=program_id, today=day_of(now))
    publish_soon()


@transaction.atomic
def confirm_words(*, peer: Peer, by: Staff | None, now: datetime) -> None:
    """Say that the six words here and on the peer's screen were compared by voice and are the same.

    Raises NotNow when no keys were handed in, or the handle belongs to another peer.
    """
    enrolment = current(peer=peer)
    if enrolment is None or enrolment.state != Enrolment.State.HANDED_IN:
        raise NotNow(_("There are no words to compare."))
    if Peer.objects.filter(handle=enrolment.handle).exclude(pk=peer.pk).exists():
        raise NotNow(_("Another peer has this name already. Invite again, with another name."))
    enrolment.state = Enrolment.State.CONFIRMED
    enrolment.vouch_last_day = day_of(now) + VOUCH_DAYS
    enrolment.save()
    record(act=Act.COMPARED_WORDS, on=peer.name, by=by, now=now)


def vouch_request(*, enrolment: Enrolment) -> str:
    """The sheet for the key holder: everything a vouch says, without its signature."""
    return write_sheet(Heading.VOUCH_REQUEST, _wanted(enrolment).unsigned())


@transaction.atomic
def store_vouch(*, text: str, by: Staff | None, now: datetime) -> Peer:
    """Put a signed vouch in force: its peer stands in the next bulletin.

    It is verified against the program key first, and must say what was asked, to the letter.
    Raises NotNow with a sentence for the coordinator.
    """
    vouch = _read_vouch(text)
    enrolment = Enrolment.objects.filter(
        signing_key=vouch.signing_key, state=Enrolment.State.CONFIRMED
    ).first()
    if enrolment is None or vouch.unsigned() != _wanted(enrolment).unsigned():
        raise NotNow(_("This vouch is not for anyone whose words were compared here."))
    try:
        verify(
            key=charter().program_key, signature=vouch.signature, signed_part=vouch.signed_part()
        )
    except NotSigned:
        raise NotNow(_("This vouch was not signed by the program key.")) from None
    peer = enrolment.peer
    peer.enrolments.filter(state=Enrolment.State.VOUCHED).update(state=Enrolment.State.ENDED)
    enrolment.vouch, enrolment.state = vouch.write(), Enrolment.State.VOUCHED
    enrolment.save()
    # The new phone speaks for itself: whatever its date, and it has not been reached yet.
    OwnWord.objects.filter(peer=peer).update(said_minute=0, reached_day=0)
    record(act=Act.STORED_VOUCH, on=peer.name, by=by, now=now)
    if status_of(peer, at=now) == Standing.Status.INVITED:
        mark_enrolled(peer=peer, handle=enrolment.handle, by=by, now=now)
    else:
        Peer.objects.filter(pk=peer.pk).update(handle=enrolment.handle)
    publish_soon()
    return peer


def drop_past_bundles(*, today: int) -> None:
    """Forget bundles whose seeds are dead on the peers' own devices."""
    WeeklyBundle.objects.filter(first_day__lt=today - BUNDLE_KEPT_DAYS).delete()


def _wanted(enrolment: Enrolment) -> Vouch:
    signing_key, agreement_key = _keys(enrolment)
    if enrolment.vouch_last_day is None:
        raise NotNow(_("Compare the words first."))
    return Vouch(
        program_id=charter().program_id,
        handle=enrolment.handle,
        signing_key=signing_key,
        agreement_key=agreement_key,
        last_day=enrolment.vouch_last_day,
    )


def _read_vouch(text: str) -> Vouch:
    try:
        return Vouch.read(read_sheet(Heading.VOUCH, text))
    except WireError:
        raise NotNow(_("This is not a vouch: two lines, the first says leanto vouch 1.")) from None


def _keys(enrolment: Enrolment) -> tuple[bytes, bytes]:
    return bytes(enrolment.signing_key or b""), bytes(enrolment.agreement_key or b"")


def _check_signed(key: bytes, signature: bytes, signed_part: bytes) -> None:
    try:
        verify(key=key, signature=signature, signed_part=signed_part)
    except NotSigned:
        raise KeysRefused from None


def _check_agreement_key(key: bytes) -> None:
    # A key of small order agrees with everyone on zero: `exchange` refuses it.
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(key))
    except ValueError:
        raise KeysRefused from None


def _keep_bundles(
    enrolment: Enrolment, bundles: tuple[Bundle, ...], *, program_id: bytes, today: int
) -> None:
    """Store those that can still be of use; each must be signed by this peer's own key."""
    for bundle in bundles:
        if bundle.first_day > monday_of(today) + 7 * WEEKS_AHEAD:
            raise WrongLayout("a bundle for a week too far ahead")
        _check_signed(
            bytes(enrolment.signing_key or b""),
            bundle.signature,
            bundle.signed_part(program_id=program_id),
        )
    for bundle in bundles:
        if bundle.last_day >= today:
            _keep_bundle(enrolment, bundle)


def _keep_bundle(enrolment: Enrolment, bundle: Bundle) -> None:
    enrolment.bundles.filter(first_day=bundle.first_day).delete()
    _save_or_refuse(
        WeeklyBundle(
            enrolment=enrolment,
            first_day=bundle.first_day,
            duty_address=bundle.duty_address,
            body=bundle.write(),
        )
    )


def _save_or_refuse(row: Enrolment | WeeklyBundle) -> None:
    """Save, unless a signing key or a duty address already belongs to somebody else."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise KeysRefused from None
