"""Ben's phone, as far as the desk ever meets it: public keys, and signatures made with his own."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from leanto.desk.bulletin.queries import charter
from leanto.desk.enrolment import actions
from leanto.desk.enrolment.queries import current
from leanto.desk.roster.actions import add_agency, invite_peer
from leanto.desk.roster.models import Agency, Peer
from leanto.rules.weeks import day_of, minute_of, monday_of
from leanto.wire.bundle import SEALING_KEY_SIZE, Bundle
from leanto.wire.enrolment import BundlesBody, HandIn, StandingBody
from leanto.wire.members import Shared, SharedKind


@dataclass
class Phone:
    program_id: bytes
    signing: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    agreement: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)

    @property
    def signing_key(self) -> bytes:
        return self.signing.public_key().public_bytes_raw()

    def bundle(self, first_day: int, *, duty_address: bytes | None = None) -> Bundle:
        bundle = Bundle(
            duty_address=duty_address or secrets.token_bytes(16),
            sealing_key=secrets.token_bytes(SEALING_KEY_SIZE),
            first_day=first_day,
        )
        signature = self.signing.sign(bundle.signed_part(program_id=self.program_id))
        return replace(bundle, signature=signature)

    def hand_in(
        self, invitation: bytes, bundles: Sequence[Bundle] = (), *, handle: str = "Ben"
    ) -> HandIn:
        body = HandIn(
            invitation=invitation,
            handle=handle,
            signing_key=self.signing_key,
            agreement_key=self.agreement.public_key().public_bytes_raw(),
            bundles=tuple(bundles),
            shared=(Shared(SharedKind.ABOUT, "Nineteen years on patrol."),),
        )
        signature = self.signing.sign(body.signed_part(program_id=self.program_id))
        return replace(body, signature=signature)

    def bundles(self, bundles: Sequence[Bundle]) -> BundlesBody:
        body = BundlesBody(
            program_id=self.program_id, signing_key=self.signing_key, bundles=tuple(bundles)
        )
        return replace(body, signature=self.signing.sign(body.signed_part()))

    def standing(self, *, now: datetime, **said: int) -> StandingBody:
        """Says nothing but what is given: no reserve, no quiet hours, switch off."""
        nothing = StandingBody(
            program_id=self.program_id,
            signing_key=self.signing_key,
            said_minute=minute_of(now),
            reserve_consent=False,
            quiet_from_minute=0,
            quiet_until_minute=0,
            available_until_minute=0,
            reached_day=0,
            opened_day=0,
        )
        body = replace(nothing, **said)  # type: ignore[arg-type]  # a flag is said as 0 or 1
        return replace(body, signature=self.signing.sign(body.signed_part()))


def enrolled(
    handle: str,
    *,
    sign: Callable[[str], str],
    now: datetime,
    phone: Phone | None = None,
    weeks: int = 0,
) -> Peer:
    """A peer of this name, vouched for: every step from the roster to the signed vouch, with keys
    for as many weeks."""
    phone = phone or Phone(charter().program_id)
    monday = monday_of(day_of(now))
    agency = Agency.objects.filter(code="harlow-pd").first() or add_agency(
        code="harlow-pd", name="Harlow Police", by=None, now=now
    )
    peer = invite_peer(
        name=handle,
        agency=agency,
        unit=None,
        chain_of_command="",
        reserve=False,
        by=None,
        now=now,
    )
    body = phone.hand_in(
        actions.invite(peer=peer, by=None, now=now),
        [phone.bundle(monday + 7 * week) for week in range(weeks)],
        handle=handle,
    )
    actions.hand_in(body=body, today=day_of(now))
    actions.confirm_words(peer=peer, by=None, now=now)
    found = current(peer=peer)
    assert found is not None
    return actions.store_vouch(text=sign(actions.vouch_request(enrolment=found)), by=None, now=now)
