"""Ben's phone, as far as the desk ever meets it: public keys, and signatures made with his own."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from leanto.wire.bundle import SEALING_KEY_SIZE, Bundle
from leanto.wire.enrolment import BundlesBody, HandIn
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
