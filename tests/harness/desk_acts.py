"""What a coordinator does at the desk, without the pages: for stories that are about someone else.

`desk_acts.py FOLDER ACT …` does one act in a process of its own, by the same actions as the pages.
"""

import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from leanto.host.clock import moment
from leanto.host.opening import open_desk
from tests.harness.clock import FileClock

AGENCIES = {
    "harlow-pd": ("Harlow Police Department", ("Patrol", "Dispatch")),
    "reed-so": ("Reed County Sheriff", ("Jail", "Civil")),
}
DUTY_DAYS = 14


def agencies(now: datetime) -> None:
    """Two agencies with their units, nobody in them yet, and the program open."""
    from leanto.desk.opening.rehearsal import open_rehearsal  # noqa: PLC0415 -- the desk is loaded late

    not_open(now)
    open_rehearsal(now=now)


def not_open(now: datetime) -> None:
    """Two agencies with their units, and a program that is being set up."""
    from leanto.desk.roster.actions import add_agency, add_unit  # noqa: PLC0415 -- as above

    for code, (name, units) in AGENCIES.items():
        agency = add_agency(code=code, name=name, by=None, now=now)
        for unit in units:
            add_unit(agency=agency, name=unit, by=None, now=now)


def confirm(now: datetime, handle: str, request: str) -> None:
    """The words were compared; writes the vouch request to a file."""
    from leanto.desk.enrolment.actions import confirm_words, vouch_request  # noqa: PLC0415 -- as above
    from leanto.desk.enrolment.models import Enrolment  # noqa: PLC0415 -- as above

    enrolment = Enrolment.objects.get(handle=handle)
    confirm_words(peer=enrolment.peer, by=None, now=now)
    enrolment.refresh_from_db()
    Path(request).write_text(vouch_request(enrolment=enrolment), "ascii")


def vouch(now: datetime, signed: str) -> None:
    """The key holder's answer is put in force, and the peer on duty around the clock."""
    from leanto.desk.enrolment.actions import store_vouch  # noqa: PLC0415 -- as above

    peer = store_vouch(text=Path(signed).read_text("ascii"), by=None, now=now)
    duty(now, peer.handle)


def vouch_backstop(now: datetime, signed: str) -> None:
    """The same, for somebody who is rung only when nobody else answers."""
    from leanto.desk.enrolment.actions import store_vouch  # noqa: PLC0415 -- as above
    from leanto.desk.roster.actions import mark_backstop  # noqa: PLC0415 -- as above

    peer = store_vouch(text=Path(signed).read_text("ascii"), by=None, now=now)
    mark_backstop(peer=peer, since=now.date(), by=None, now=now)


def duty(now: datetime, handle: str) -> None:
    """Around the clock for the next two weeks."""
    from leanto.desk.roster.models import Peer  # noqa: PLC0415 -- as above
    from leanto.desk.rota.actions import add_shift  # noqa: PLC0415 -- as above
    from leanto.desk.rota.models import Shift  # noqa: PLC0415 -- as above

    peer = Peer.objects.get(handle=handle)
    start = now.replace(minute=0, second=0, microsecond=0)
    until = start + timedelta(days=DUTY_DAYS)
    add_shift(peer=peer, start=start, until=until, tier=Shift.Tier.ON_DUTY, by=None, now=now)


def stands_down(now: datetime, handle: str) -> None:
    """A peer ends their service."""
    from leanto.desk.roster.actions import stand_down  # noqa: PLC0415 -- as above
    from leanto.desk.roster.models import Peer  # noqa: PLC0415 -- as above

    stand_down(peer=Peer.objects.get(handle=handle), by=None, now=now)


def left_alone(now: datetime, handle: str) -> None:
    """Everybody else ends their service; who is left is rung in their shifts alone, for weeks."""
    from leanto.desk.roster.actions import change_peer, stand_down  # noqa: PLC0415 -- as above
    from leanto.desk.roster.models import Peer  # noqa: PLC0415 -- as above
    from leanto.desk.rota.actions import add_shift  # noqa: PLC0415 -- as above

    for other in Peer.objects.enrolled(at=now).exclude(handle=handle):
        stand_down(peer=other, by=None, now=now)
    peer = Peer.objects.get(handle=handle)
    last = peer.shifts.latest("until").until
    until = last + timedelta(days=DUTY_DAYS)
    add_shift(peer=peer, start=last, until=until, tier=0, by=None, now=now)
    known = {name: getattr(peer, name) for name in ("name", "agency", "unit", "chain_of_command")}
    change_peer(peer=peer, **known, reserve=False, by=None, now=now)


def asks_renewal(now: datetime, request: str) -> None:
    """What the key holder is to sign before the charter runs out, into a file."""
    from leanto.desk.bulletin.renewal import renewal_request  # noqa: PLC0415 -- as above

    Path(request).write_text(renewal_request(now=now), "ascii")


def renewed(now: datetime, signed: str) -> None:
    """The key holder's renewal is put in force."""
    from leanto.desk.bulletin.renewal import install_renewal  # noqa: PLC0415 -- as above

    install_renewal(text=Path(signed).read_text("ascii"), by=None, now=now)


def cards(now: datetime, count: str) -> None:
    """A box of cards; says their links, which on paper only the officers would see."""
    from leanto.desk.admission.actions import make_box  # noqa: PLC0415 -- as above
    from leanto.desk.admission.keys import key_folder  # noqa: PLC0415 -- as above
    from leanto.desk.bulletin.queries import pinned_fingerprint  # noqa: PLC0415 -- as above
    from leanto.desk.site.configuration import configuration  # noqa: PLC0415 -- as above
    from leanto.wire.cards import Card  # noqa: PLC0415 -- as above

    last_day = (now + timedelta(days=3 * 365)).date()
    box = make_box(count=int(count), last_day=last_day, folder=key_folder(), by=None, now=now)
    for code in box.codes:
        link = Card(code, pinned_fingerprint()).link(pocket_origin=configuration().pocket)
        print(link)


def old_cards(now: datetime) -> None:
    """A box of long ago, whose last day was yesterday; says the link of its one card."""
    from leanto.desk.admission.actions import make_box  # noqa: PLC0415 -- as above
    from leanto.desk.admission.keys import key_folder  # noqa: PLC0415 -- as above
    from leanto.desk.bulletin.queries import pinned_fingerprint  # noqa: PLC0415 -- as above
    from leanto.desk.site.configuration import configuration  # noqa: PLC0415 -- as above
    from leanto.wire.cards import Card  # noqa: PLC0415 -- as above

    then, last_day = now - timedelta(days=3 * 365), (now - timedelta(days=1)).date()
    (code,) = make_box(count=1, last_day=last_day, folder=key_folder(), by=None, now=then).codes
    print(Card(code, pinned_fingerprint()).link(pocket_origin=configuration().pocket))


def one_step_back(_now: datetime) -> None:
    """The database as a version before this one had it."""
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    call_command("migrate", "enrolment", "0001_initial", verbosity=0)


def takes_back(now: datetime, box: str) -> None:
    """A whole box of cards, by its number."""
    from leanto.desk.admission.actions import revoke_box  # noqa: PLC0415 -- as above

    revoke_box(number=int(box), by=None, now=now)


def settle(now: datetime, key_file: str) -> None:
    """The made-up region: three agencies and nine peers, two weeks of rota, nobody who answers."""
    from django.db import transaction  # noqa: PLC0415 -- as above

    from leanto.desk.bulletin.queries import charter  # noqa: PLC0415 -- as above
    from leanto.desk.opening.rehearsal import open_rehearsal  # noqa: PLC0415 -- as above
    from leanto.programkey import keyfile, signing  # noqa: PLC0415 -- as above
    from leanto.sim import town  # noqa: PLC0415 -- as above

    key = keyfile.read(Path(key_file), passphrase="")
    with transaction.atomic():
        town.settle(
            program_id=charter().program_id,
            sign=lambda text: signing.sign_vouch(signing.read_vouch_request(text), key=key),
            now=now,
        )
        open_rehearsal(now=now)


def equips_the_watch(now: datetime, data: str) -> None:
    """Cards and a place in the duty part, as `leanto serve` gives them, and a bulletin with it."""
    from leanto.desk.bulletin.actions import publish_if_due  # noqa: PLC0415 -- as above
    from leanto.host.config import load  # noqa: PLC0415 -- as above
    from leanto.watch.equipment import equip  # noqa: PLC0415 -- as above

    equip(load(Path(data)), now=now)
    publish_if_due(now=now)


def coordinates(now: datetime, name: str, email: str) -> None:
    """Somebody takes up their invitation and has a password; no second step yet."""
    from leanto.desk.people.actions import accept_invitation, invite_coordinator  # noqa: PLC0415 -- as above

    token = invite_coordinator(name=name, email=email, by=None, now=now)
    accept_invitation(token=token, password="five warm words for now", now=now)


def recorded(_now: datetime) -> None:
    """What is on record, oldest first: each act, on whom, and by whom if it was no command."""
    from leanto.desk.audit.models import Entry  # noqa: PLC0415 -- as above

    for one in Entry.objects.order_by("at"):
        print(f"{one.act}: {one.on}, by {one.by.name if one.by else 'the operator'}")


ACTS: dict[str, Callable[..., None]] = {
    one.__name__: one
    for one in (
        *(agencies, asks_renewal, cards, confirm, duty, not_open, old_cards, renewed, settle),
        *(equips_the_watch, left_alone, one_step_back, stands_down, takes_back),
        *(coordinates, recorded, vouch, vouch_backstop),
    )
}


def main(folder: Path, act: str, *arguments: str) -> None:
    clock = FileClock(folder / "clock")
    open_desk(folder / "program", clock=clock)
    ACTS[act](moment(clock), *arguments)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
