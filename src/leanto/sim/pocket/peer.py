"""A peer's identity and the bundles it hands in. spec/bulletin.md, spec/enrolment.md."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from leanto.sim.pocket.keys import AgreementKey, SealingKey, SigningKey
from leanto.wire.bundle import Bundle
from leanto.wire.enrolment import BundlesBody, HandIn, StandingBody
from leanto.wire.mailboxes import address_of
from leanto.wire.members import Shared


@dataclass(frozen=True)
class PeerIdentity:
    """The two vouched keys."""

    signing: SigningKey
    agreement: AgreementKey


@dataclass(frozen=True)
class Week:
    """One week's duty mailbox and sealing key; lives until day 21."""

    first_day: int
    read_key: bytes
    sealing: SealingKey

    @property
    def duty_address(self) -> bytes:
        return address_of(self.read_key)


def sign_bundle(week: Week, *, identity: PeerIdentity, program_id: bytes) -> Bundle:
    """The public half of a week, signed for this program."""
    bundle = Bundle(
        duty_address=week.duty_address,
        sealing_key=week.sealing.public,
        first_day=week.first_day,
    )
    signature = identity.signing.sign(bundle.signed_part(program_id=program_id))
    return replace(bundle, signature=signature)


def sign_hand_in(
    *,
    identity: PeerIdentity,
    program_id: bytes,
    invitation: bytes,
    handle: str,
    weeks: Sequence[Week],
    shared: Sequence[Shared],
) -> HandIn:
    """What a peer hands in with the invitation."""
    hand_in = HandIn(
        invitation=invitation,
        handle=handle,
        signing_key=identity.signing.public,
        agreement_key=identity.agreement.public,
        bundles=_bundles(weeks, identity, program_id),
        shared=tuple(shared),
    )
    signature = identity.signing.sign(hand_in.signed_part(program_id=program_id))
    return replace(hand_in, signature=signature)


def sign_bundles(
    *, identity: PeerIdentity, program_id: bytes, weeks: Sequence[Week]
) -> BundlesBody:
    """The weeks to come, once vouched."""
    body = BundlesBody(
        program_id=program_id,
        signing_key=identity.signing.public,
        bundles=_bundles(weeks, identity, program_id),
    )
    return replace(body, signature=identity.signing.sign(body.signed_part()))


def sign_standing(body: StandingBody, *, identity: PeerIdentity) -> StandingBody:
    """The same, signed by this peer."""
    return replace(body, signature=identity.signing.sign(body.signed_part()))


def _bundles(
    weeks: Sequence[Week], identity: PeerIdentity, program_id: bytes
) -> tuple[Bundle, ...]:
    return tuple(sign_bundle(week, identity=identity, program_id=program_id) for week in weeks)
