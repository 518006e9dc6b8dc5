"""The charter: asking the key holder for one, and putting a signed one in force."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from leanto.desk.admission.keys import key_folder
from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.bulletin import keys
from leanto.desk.bulletin.models import HeldCharter
from leanto.desk.bulletin.queries import NotReady, charter, lineage
from leanto.desk.enrolment import renewing
from leanto.desk.people.models import Staff
from leanto.desk.signatures import NotSigned, verify
from leanto.desk.site.configuration import configuration
from leanto.desk.site.publishing import publish_soon
from leanto.rules.weeks import day_of
from leanto.wire.charter import BULLETIN_KEY_DAYS, BulletinKey, Charter, Lineage, fingerprint
from leanto.wire.errors import WireError
from leanto.wire.sheets import Heading, read_sheet, write_sheet

NOT_KNOWN_YET = bytes(32)
"""Stands where the key holder's tool writes the program key."""


class CharterRefused(Exception):
    """This charter is not put in force; the message says why, to the person who brought it."""


def charter_request(*, receipt_key: bytes, now: datetime) -> str:
    """The sheet for the key holder: the next charter without its signature.

    `receipt_key` is the public half of the mailroom's. Before the first charter the place of the
    program key is zeros; the program id is then the fingerprint this desk was set up with.
    """
    return write_sheet(
        Heading.CHARTER_REQUEST, wanted_charter(receipt_key=receipt_key, now=now).unsigned()
    )


def wanted_charter(*, receipt_key: bytes, now: datetime) -> Charter:
    """The next charter as this desk would have it. Whom the key names as successor is the key
    holder's to say."""
    config, today, held = configuration(), day_of(now), _held()
    bulletin_key = keys.public_half(keys.key_to_name(key_folder()))
    return Charter(
        program_id=held.program_id if held else bytes.fromhex(config.fingerprint),
        serial=held.serial + 1 if held else 1,
        day=today,
        program_key=held.program_key if held else NOT_KNOWN_YET,
        bulletin_keys=(BulletinKey(bulletin_key, today + BULLETIN_KEY_DAYS),),
        receipt_key=receipt_key,
        mailroom=config.mailroom,
        issuance=config.desk,
        successor_key=held.successor_key if held else None,
    )


@transaction.atomic
def install_charter(*, text: str, by: Staff | None, now: datetime) -> None:
    """Verify a signed charter, put it in force and publish under it. Raises CharterRefused.

    One by the next program key comes with every peer's vouch, or it would leave officers alone.
    """
    new, held = _read(text), _held()
    if held and new.program_key != held.program_key and renewing.in_force(now=now):
        raise CharterRefused(_("The next program key signed this. Bring its whole renewal."))
    put_in_force(new, by=by, now=now)


def put_in_force(new: Charter, *, by: Staff | None, now: datetime) -> None:
    """Hold this charter from now on, and publish under it. Raises CharterRefused."""
    _check_names_this_desk(new, today=day_of(now))
    held = _held()
    hold(new)
    passed_on = held is not None and new.program_key != held.program_key
    act = Act.KEY_PASSED_ON if passed_on else Act.INSTALLED_CHARTER
    record(act=act, on=f"charter {new.serial}", by=by, now=now)
    publish_soon()


def hold(new: Charter) -> None:
    """Verify a charter that may follow the one held, and keep it, with how the program key passed
    on. Raises CharterRefused."""
    try:
        verify(key=new.program_key, signature=new.signature, signed_part=new.signed_part())
    except NotSigned:
        raise CharterRefused(_("The signature on this charter does not fit.")) from None
    _check_may_follow(new)
    held, past = _held(), lineage()
    if held and new.program_key != held.program_key:
        past = Lineage((*past.charters, held))
    HeldCharter.objects.update_or_create(
        id=1, defaults={"body": new.write(), "lineage": past.write()}
    )


def _read(text: str) -> Charter:
    try:
        return Charter.read(read_sheet(Heading.CHARTER, text))
    except WireError:
        raise CharterRefused(
            _("This is not a charter: two lines, the first says leanto charter 1.")
        ) from None


def _check_may_follow(new: Charter) -> None:
    held = _held()
    if held is None:
        if fingerprint(new.program_key).hex() != configuration().fingerprint:
            raise CharterRefused(_("Another program key signed this charter."))
        return
    if new.program_key not in (held.program_key, held.successor_key):
        raise CharterRefused(_("Another program key signed this charter."))
    if new.program_id != held.program_id:
        raise CharterRefused(_("This charter is for another program."))
    if new.serial < held.serial or (new.serial == held.serial and new != held):
        raise CharterRefused(_("A newer charter is in force already."))


def _check_names_this_desk(new: Charter, *, today: int) -> None:
    folder = key_folder()
    own = {keys.public_half(key) for key in (keys.bulletin_key(folder), keys.key_to_name(folder))}
    if not any(one.key in own and one.last_day >= today for one in new.bulletin_keys):
        raise CharterRefused(_("This charter does not name this desk's bulletin key."))
    config = configuration()
    if (new.mailroom, new.issuance) != (config.mailroom, config.desk):
        raise CharterRefused(_("This charter names other addresses than this program has."))


def _held() -> Charter | None:
    try:
        return charter()
    except NotReady:
        return None
