"""Making boxes of cards, taking cards back, and drawing passes."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from leanto.desk.admission import keys
from leanto.desk.admission.models import Box, Card
from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.nameless import Refused
from leanto.desk.opening.queries import is_open
from leanto.desk.people.models import Staff
from leanto.rules.weeks import date_of, published_epochs, running_epochs
from leanto.wire.cards import CODE_SIZE
from leanto.wire.draws import Draw, Drawn
from leanto.wire.errors import WrongLayout

BATCHES_PER_EPOCH = 3
CARDS_PER_BOX_MAX = 200
USABLE_DAYS_MIN = 730
_ENTRY_BYTES = 2 + 32  # an epoch and a batch's hash


class CardUnknown(Refused):
    """No such card: never printed, taken back or past its last day. One answer for all."""

    problem = "card-unknown"


class CardUsedUp(Refused):
    """A fourth batch in one epoch."""

    problem = "card-used-up"


class EpochOver(Refused):
    """Passes of this epoch are not given out, not yet or not any more."""

    problem = "epoch-over"


class BoxRefused(Exception):
    """A box cannot be made so; the message says what to change."""


@dataclass(frozen=True, kw_only=True)
class NewBox:
    """A box in the one moment in which its codes exist outside paper."""

    number: int
    last_day: date
    codes: tuple[bytes, ...]


@transaction.atomic
def make_box(
    *,
    count: int,
    last_day: date,
    folder: Path,
    by: Staff | None,
    now: datetime,
    for_watch: bool = False,
) -> NewBox:
    """Make `count` cards, usable until and with `last_day`; their codes are given here only.

    Print them at once: what is stored are keyed hashes. A box for the watch is printed by nobody.
    Raises BoxRefused.
    """
    if not (for_watch or is_open()):
        raise BoxRefused(_("Cards can be made once the program is open. See the page Opening."))
    if not 1 <= count <= CARDS_PER_BOX_MAX:
        raise BoxRefused(_("A box holds 1 to 200 cards."))
    if last_day < now.date() + timedelta(days=USABLE_DAYS_MIN):
        raise BoxRefused(_("Cards must work for two years at least."))
    number = (Box.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    box = Box.objects.create(number=number, count=count, last_day=last_day, for_watch=for_watch)
    codes = tuple(secrets.token_bytes(CODE_SIZE) for _ in range(count))
    secret = keys.card_secret(folder)
    # Sorted, so that the order of rows on disk says nothing about the order of cards on paper.
    digests = sorted(keys.card_digest(code, secret=secret) for code in codes)
    Card.objects.bulk_create(Card(digest=digest, box=box) for digest in digests)
    record(act=Act.MADE_BOX, on=f"box {number}, {count} cards", by=by, now=now)
    return NewBox(number=number, last_day=last_day, codes=codes)


@transaction.atomic
def revoke_box(*, number: int, by: Staff | None, now: datetime) -> None:
    """Take a whole box back: its cards draw nothing from now on. Passes already drawn stay good."""
    if Box.objects.filter(number=number, revoked=False).update(revoked=True):
        Card.objects.filter(box_id=number).delete()
        record(act=Act.REVOKED_BOX, on=f"box {number}", by=by, now=now)


@transaction.atomic
def revoke_card(*, code: bytes, folder: Path, by: Staff | None, now: datetime) -> int:
    """Take back the one card that lies on the desk; gives its box number. Raises CardUnknown."""
    digest = keys.card_digest(code, secret=keys.card_secret(folder))
    card = Card.objects.filter(digest=digest).first()
    if card is None:
        raise CardUnknown
    card.delete()
    record(act=Act.REVOKED_CARD, on=f"one card of box {card.box_id}", by=by, now=now)
    return card.box_id


def draw(*, request: Draw, folder: Path, today: int) -> Drawn:
    """Sign a batch of ten blinded messages and hand out the epoch's members' key.

    The same code with the same ten gets the same answer, always; what is stored is the batch's hash
    and no time. `today` is a day number. Raises WrongLayout before anything is counted, and
    CardUnknown, CardUsedUp or EpochOver.
    """
    if request.epoch not in {epoch.number for epoch in running_epochs(today=today)}:
        raise EpochOver
    signer = keys.signer(folder, request.epoch)
    if not all(signer.fits(blinded) for blinded in request.blinded):
        raise WrongLayout("a blinded message is not below the modulus")
    digest = keys.card_digest(request.code, secret=keys.card_secret(folder))
    _count(digest, request.epoch, request.batch_hash(), today=today)
    return Drawn(
        epoch=request.epoch,
        members_key=keys.members_key(folder, request.epoch),
        signed=tuple(signer.sign(blinded) for blinded in request.blinded),
    )


def turn_epochs(*, folder: Path, today: int) -> None:
    """Make the keys of every epoch that runs or comes next; drop what belongs to those gone by.

    Ahead, because pockets learn a key from bulletins that may be days old, and because a key made
    during a draw would make an officer wait.
    """
    held = {epoch.number for epoch in published_epochs(today=today)}
    keys.card_secret(folder)
    for epoch in held:
        keys.signer(folder, epoch)
        keys.members_key(folder, epoch)
    keys.drop_epochs_but(held, folder=folder)
    _forget_draws_but(held)


def _forget_draws_but(held: set[int]) -> None:
    for card in Card.objects.exclude(drawn=b"").iterator():
        drawn = bytes(card.drawn)
        kept = b"".join(one for one in _entries(drawn) if int.from_bytes(one[:2]) in held)
        if kept != drawn:
            # Should the card draw at this moment, its hash goes at the next turn.
            Card.objects.filter(pk=card.pk, drawn=drawn).update(drawn=kept)


def _count(digest: str, epoch: int, batch: bytes, *, today: int) -> None:
    """Add the batch to its card unless it is there; two at once cannot both be the third."""
    entry = epoch.to_bytes(2) + batch
    while True:
        card = Card.objects.filter(digest=digest, box__last_day__gte=date_of(today)).first()
        if card is None:
            raise CardUnknown
        drawn = _entries(bytes(card.drawn))
        if entry in drawn:
            return
        if sum(one[:2] == entry[:2] for one in drawn) >= BATCHES_PER_EPOCH:
            raise CardUsedUp
        # Changed only if nobody else has changed the card since it was read; otherwise look again.
        unchanged = Card.objects.filter(digest=digest, drawn=card.drawn)
        if unchanged.update(drawn=b"".join(sorted([*drawn, entry]))):
            return


def _entries(drawn: bytes) -> list[bytes]:
    return [drawn[at : at + _ENTRY_BYTES] for at in range(0, len(drawn), _ENTRY_BYTES)]
