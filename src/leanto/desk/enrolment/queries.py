"""Questions about peers' keys."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files

from leanto.desk.admission.keys import key_folder, members_key
from leanto.desk.bulletin.queries import charter
from leanto.desk.enrolment.models import Enrolment
from leanto.desk.nameless import Refused
from leanto.desk.roster.models import Peer, Standing
from leanto.desk.roster.queries import status_of
from leanto.rules.weeks import date_of, day_of, sealing_epoch
from leanto.wire.enrolment import EnrolmentAnswer, EnrolmentState, Vouched, enrolment_words
from leanto.wire.vouch import Vouch

DAYS_SHOWN = 7
WARN_DAYS = 7


class InvitationUnknown(Refused):
    """Unknown, expired or withdrawn: one answer for all."""

    problem = "invitation-unknown"


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A peer's keys as a coordinator's page shows them.

    `step`: a state of Enrolment, or none, expired or stood-down. `keys_until`: the last day on
    which officers' devices show a key of this peer's. `in_force`: a vouched phone is out there,
    also while a new one is on its way.
    """

    step: str
    enrolment: Enrolment | None
    words: tuple[str, ...]
    invited_until: date | None
    vouched_until: date | None
    keys_until: date | None
    keys_run_out: bool
    in_force: bool


def listed(*, now: datetime) -> list[Enrolment]:
    """Whose keys stand in a bulletin made now: vouched for, and enrolled in the roster.

    Whoever stood down is absent from the next one. In an order that tells nothing.
    """
    enrolments = (
        Enrolment.objects.filter(
            state=Enrolment.State.VOUCHED,
            vouch_last_day__gte=day_of(now),
            peer__in=Peer.objects.enrolled(at=now).values("pk"),
        )
        .select_related("peer__agency", "peer__unit", "peer__own_word")
        .prefetch_related("bundles")
    )
    return list(enrolments.order_by("peer_id"))


def current(*, peer: Peer) -> Enrolment | None:
    """The invitation or keys under way for this peer; else the vouch in force; else None."""
    rows = Enrolment.objects.filter(peer=peer).exclude(state=Enrolment.State.ENDED)
    return min(rows, key=lambda row: row.state == Enrolment.State.VOUCHED, default=None)


def by_invitation(invitation: bytes, *, today: int) -> Enrolment:
    """Whose invitation is this? Raises InvitationUnknown.

    Keys may be handed in for 30 days. Whoever has handed in may ask on for as long as they serve:
    this is how a peer's pocket gets the members' key of each new epoch.
    """
    found = (
        Enrolment.objects.filter(invitation_digest=digest(invitation))
        .exclude(state=Enrolment.State.ENDED)
        .first()
    )
    if found is None or (found.signing_key is None and found.last_day < today):
        raise InvitationUnknown
    return found


def state(invitation: bytes, *, now: datetime) -> EnrolmentAnswer:
    """How far this invitation has come; with the vouch and the members' key once it is in force.

    Raises InvitationUnknown, also for a peer who stood down.
    """
    enrolment = by_invitation(invitation, today=day_of(now))
    if enrolment.state == Enrolment.State.INVITED:
        return EnrolmentAnswer(EnrolmentState.INVITED)
    if enrolment.state != Enrolment.State.VOUCHED:
        return EnrolmentAnswer(EnrolmentState.HANDED_IN)
    if not serving(enrolment, now=now):
        raise InvitationUnknown
    epoch = sealing_epoch(today=day_of(now))
    vouched = Vouched(
        epoch=epoch,
        members_key=members_key(key_folder(), epoch),
        vouch=Vouch.read(bytes(enrolment.vouch or b"")),
    )
    return EnrolmentAnswer(EnrolmentState.VOUCHED, vouched)


def words(enrolment: Enrolment) -> tuple[str, ...]:
    """Which six words must the peer's screen show? Empty before keys were handed in."""
    if enrolment.signing_key is None or enrolment.agreement_key is None:
        return ()
    return enrolment_words(
        program_id=charter().program_id,
        signing_key=bytes(enrolment.signing_key),
        agreement_key=bytes(enrolment.agreement_key),
        words=_word_list(),
    )


def panel(*, peer: Peer, now: datetime) -> Panel:
    """Where a peer's keys stand, and whether anything must be done about them."""
    found = current(peer=peer)
    today = day_of(now)
    last = found.bundles.last() if found else None
    bundles_until = last.first_day + DAYS_SHOWN - 1 if last else None
    vouched = found is not None and found.state == Enrolment.State.VOUCHED
    return Panel(
        step=_step(peer, found, now=now),
        enrolment=found,
        words=words(found) if found else (),
        invited_until=date_of(found.last_day) if found else None,
        vouched_until=date_of(found.vouch_last_day) if found and found.vouch_last_day else None,
        keys_until=date_of(bundles_until) if bundles_until else None,
        keys_run_out=vouched and (bundles_until or 0) < today + WARN_DAYS,
        in_force=status_of(peer, at=now) == Standing.Status.ENROLLED
        and peer.enrolments.filter(state=Enrolment.State.VOUCHED).exists(),
    )


def _step(peer: Peer, found: Enrolment | None, *, now: datetime) -> str:
    status = status_of(peer, at=now)
    if status not in {Standing.Status.INVITED, Standing.Status.ENROLLED}:
        return "stood-down"
    # Invited again after standing down: the keys of before do not come back.
    ended = found is not None and found.state == Enrolment.State.VOUCHED
    if found is None or (ended and status == Standing.Status.INVITED):
        return "none"
    if found.state == Enrolment.State.INVITED and found.last_day < day_of(now):
        return "expired"
    return found.state


def serving(enrolment: Enrolment, *, now: datetime) -> bool:
    """Whether the peer of these keys is enrolled in the roster at this instant."""
    return status_of(enrolment.peer, at=now) == Standing.Status.ENROLLED


def digest(invitation: bytes) -> str:
    """How an invitation is stored, hexadecimal."""
    return sha256(b"leanto/invitation-digest/1" + invitation).hexdigest()


@cache
def _word_list() -> tuple[str, ...]:
    return tuple(files("leanto").joinpath("data/words.txt").read_text("ascii").split())
