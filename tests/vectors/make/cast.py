"""The people and keys of the vectors. Made up; nobody may use them for anything else."""

from dataclasses import replace

from leanto.sim.pocket.keys import AgreementKey, SealingKey, SigningKey
from leanto.sim.pocket.peer import PeerIdentity, Week, sign_bundle
from leanto.wire.charter import BulletinKey, Charter, fingerprint
from leanto.wire.vouch import Vouch
from tests.vectors.make.cases import TODAY, seeded

PROGRAM = SigningKey(seeded("program key", 32))
PROGRAM_ID = fingerprint(PROGRAM.public)
SUCCESSOR = SigningKey(seeded("successor key", 32))
MAX = SigningKey(seeded("max", 32))
BULLETIN = SigningKey(seeded("bulletin key", 32))
RECEIPT = SigningKey(seeded("receipt key", 32))
BEN = PeerIdentity(
    signing=SigningKey(seeded("ben signing", 32)),
    agreement=AgreementKey(seeded("ben agreement", 32)),
)
ANA = AgreementKey(seeded("ana in this talk", 32))
MEMBERS_KEY = seeded("members key", 32)


def signed_charter(charter: Charter, key: SigningKey = PROGRAM) -> Charter:
    return replace(charter, signature=key.sign(charter.signed_part()))


CHARTER = signed_charter(
    Charter(
        program_id=PROGRAM_ID,
        serial=3,
        day=TODAY,
        program_key=PROGRAM.public,
        bulletin_keys=(BulletinKey(BULLETIN.public, TODAY + 90),),
        receipt_key=RECEIPT.public,
        mailroom="http://leanto.localhost:8443",
        issuance="https://desk.example.org",
    )
)


def vouch_for(handle: str, identity: PeerIdentity) -> Vouch:
    vouch = Vouch(
        program_id=PROGRAM_ID,
        handle=handle,
        signing_key=identity.signing.public,
        agreement_key=identity.agreement.public,
        last_day=TODAY + 365,
    )
    return replace(vouch, signature=PROGRAM.sign(vouch.signed_part()))


VOUCH = vouch_for("Ben", BEN)


def week(first_day: int) -> Week:
    return Week(
        first_day=first_day,
        read_key=seeded(f"duty read key {first_day}", 32),
        sealing=SealingKey(seeded(f"week {first_day}", 32)),
    )


BUNDLE = sign_bundle(week(TODAY), identity=BEN, program_id=PROGRAM_ID)
