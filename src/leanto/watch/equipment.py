"""What the watch holds: a duty mailbox of its own, keys to be sealed to, and cards.

They are made once, at `leanto serve`; whoever reads them can try the way as the watch does, and
can open nothing of anybody's.
"""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from leanto.host.config import Config
from leanto.rules.weeks import date_of, day_of
from leanto.sim.pocket.keeping import keep, read_kept
from leanto.sim.pocket.keys import AgreementKey, SealingKey
from leanto.wire.mailboxes import address_of

FILE = "equipment.json"
# Three batches of ten for each card and epoch, 96 requests a day, a new epoch every 60 days.
CARDS = 200
CARD_DAYS = 800
RENEW_DAYS = 60


@dataclass(frozen=True, kw_only=True)
class Equipment:
    """Seeds and codes are bytes; `last_day` of the cards is a day number."""

    read_key: bytes
    sealing_seed: bytes
    agreement_seed: bytes
    codes: list[bytes]
    last_day: int

    @property
    def duty_address(self) -> bytes:
        return address_of(self.read_key)

    @property
    def sealing(self) -> SealingKey:
        return SealingKey(self.sealing_seed)

    @property
    def agreement(self) -> AgreementKey:
        return AgreementKey(self.agreement_seed)


def held(config: Config) -> Equipment | None:
    """What was made before; None before the first `leanto serve`."""
    path = config.watch_data / FILE
    return Equipment(**read_kept(path)) if path.exists() else None


def equip(config: Config, *, now: datetime) -> None:
    """Make what is missing. The desk must be open in this process (`open_desk`)."""
    from leanto.desk.bulletin.watching import list_test_person  # noqa: PLC0415 -- see opening.py

    found = held(config) or Equipment(
        read_key=secrets.token_bytes(32),
        sealing_seed=secrets.token_bytes(32),
        agreement_seed=secrets.token_bytes(32),
        codes=[],
        last_day=0,
    )
    if found.last_day - RENEW_DAYS < day_of(now):
        found = _with_cards(found, now=now)
        keep(asdict(found), config.watch_data / FILE)
    list_test_person(duty_address=found.duty_address)


def _with_cards(equipment: Equipment, *, now: datetime) -> Equipment:
    from leanto.desk.admission.actions import make_box  # noqa: PLC0415 -- as above
    from leanto.desk.admission.keys import key_folder  # noqa: PLC0415 -- as above

    last_day = day_of(now) + CARD_DAYS
    box = make_box(
        count=CARDS,
        last_day=date_of(last_day),
        folder=key_folder(),
        by=None,
        now=now,
        for_watch=True,
    )
    return replace(equipment, codes=list(box.codes), last_day=last_day)
