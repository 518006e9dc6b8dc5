"""What others have done on the way to opening, for a story about those who come last.

`first_day.py FOLDER ACT …` does one act in a process of its own, by the same actions as the pages.
"""

import secrets
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leanto.host.clock import moment
from leanto.host.opening import open_desk
from leanto.rules.weeks import day_of, minute_of, monday_of
from leanto.sim.pocket.keys import AgreementKey, SealingKey, SigningKey
from leanto.sim.pocket.peer import PeerIdentity, Week, sign_hand_in, sign_standing
from leanto.wire.enrolment import StandingBody
from leanto.wire.members import Shared, SharedKind
from tests.harness.clock import FileClock

if TYPE_CHECKING:
    from leanto.desk.roster.models import Peer

ROTA_DAYS = 16
OTHERS = {"Dev": "", "Fay": "Captain"}
"""Two peers of Harlow, and the rank of her who leads others there."""
CONFIRMED = {
    "sheets": ("Rosa Diaz", "Tom Hale"),
    "pack": ("Ada Quist, attorney",),
    "helplines": ("Cleo Marsh",),
    "answering-line": ("Otis Grant",),
    "retention": ("The board",),
}


def others_are_ready(now: datetime, key_file: str) -> None:
    """Dev and Fay are vouched for, were reached and said that they opened; Dev is always on duty.

    Says for each the key by which their phone hears a ring.
    """
    for handle, rank in OTHERS.items():
        read_key = _enrols(handle, rank, Path(key_file), now)
        print(f"{handle} {read_key.hex()}")


def another_coordinator(_now: datetime) -> None:
    """Otis has a password and a second step."""
    from tests.harness.staff import member_with_second_step  # noqa: PLC0415 -- the desk is loaded late

    member_with_second_step("Otis Grant")


def written_down(now: datetime) -> None:
    """What only people can know, with the names of those who looked."""
    from leanto.desk.opening.actions import confirm  # noqa: PLC0415 -- as above
    from leanto.desk.opening.matters import matters  # noqa: PLC0415 -- as above
    from leanto.rules.opening import Step  # noqa: PLC0415 -- as above

    for name, people in CONFIRMED.items():
        step = Step(name)
        keys = [one.key for one in matters(step)]
        parts = [[one] for one in keys] if len(people) > 1 else [keys]
        for part, who in zip(parts, people, strict=True):
            confirm(step=step, keys=part, who=who, on=now.date(), by=None, now=now)


def _enrols(handle: str, rank: str, key_file: Path, now: datetime) -> bytes:
    from leanto.desk.bulletin.queries import charter  # noqa: PLC0415 -- as above
    from leanto.desk.enrolment import actions  # noqa: PLC0415 -- as above
    from leanto.desk.enrolment.queries import current  # noqa: PLC0415 -- as above
    from leanto.desk.enrolment.saying import say_standing  # noqa: PLC0415 -- as above
    from leanto.desk.rota.actions import add_shift  # noqa: PLC0415 -- as above
    from leanto.programkey import keyfile, signing  # noqa: PLC0415 -- as above

    peer = _on_the_roster(handle, rank, now)
    signing_seed, agreement_seed = secrets.token_bytes(32), secrets.token_bytes(32)
    phone = PeerIdentity(SigningKey(signing_seed), AgreementKey(agreement_seed))
    monday, program_id = monday_of(day_of(now)), charter().program_id
    weeks = [
        Week(monday + ahead, secrets.token_bytes(32), SealingKey(secrets.token_bytes(32)))
        for ahead in (0, 7, 14, 21)
    ]
    body = sign_hand_in(
        identity=phone,
        program_id=program_id,
        invitation=actions.invite(peer=peer, by=None, now=now),
        handle=handle,
        weeks=weeks,
        shared=[Shared(SharedKind.ABOUT, "Nineteen years on the road")],
    )
    actions.hand_in(body=body, today=day_of(now))
    actions.confirm_words(peer=peer, by=None, now=now)
    enrolment = current(peer=peer)
    assert enrolment is not None
    asked = signing.read_vouch_request(actions.vouch_request(enrolment=enrolment))
    signed = signing.sign_vouch(asked, key=keyfile.read(key_file, passphrase=""))
    actions.store_vouch(text=signed, by=None, now=now)
    say_standing(body=_word(phone, program_id, now), now=now)
    if not rank:
        until = now + timedelta(days=ROTA_DAYS)
        add_shift(peer=peer, start=now, until=until, tier=0, by=None, now=now)
    return weeks[0].read_key


def _on_the_roster(handle: str, rank: str, now: datetime) -> "Peer":
    from leanto.desk.roster.actions import change_peer, invite_peer  # noqa: PLC0415 -- as above
    from leanto.desk.roster.models import Agency  # noqa: PLC0415 -- as above

    known: dict[str, Any] = {
        "name": f"{handle} Marsh",
        "agency": Agency.objects.get(code="harlow-pd"),
        "unit": None,
        "chain_of_command": "",
        "reserve": True,
    }
    peer = invite_peer(**known, by=None, now=now)
    if rank:
        change_peer(peer=peer, **known, rank=rank, supervises=True, by=None, now=now)
    return peer


def _word(phone: PeerIdentity, program_id: bytes, now: datetime) -> StandingBody:
    body = StandingBody(
        program_id=program_id,
        signing_key=phone.signing.public,
        said_minute=minute_of(now),
        reserve_consent=True,
        quiet_from_minute=0,
        quiet_until_minute=0,
        available_until_minute=0,
        reached_day=day_of(now),
        opened_day=day_of(now),
    )
    return sign_standing(body, identity=phone)


ACTS: dict[str, Callable[..., None]] = {
    one.__name__: one for one in (another_coordinator, others_are_ready, written_down)
}


def main(folder: Path, act: str, *arguments: str) -> None:
    clock = FileClock(folder / "clock")
    open_desk(folder / "program", clock=clock)
    ACTS[act](moment(clock), *arguments)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
