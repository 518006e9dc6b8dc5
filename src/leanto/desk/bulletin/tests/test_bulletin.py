"""The bulletin: signed, chained, sealed, and handed to the mailroom until it takes it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leanto.desk.admission.keys import key_folder, members_key
from leanto.desk.bulletin import actions, queries
from leanto.desk.bulletin.models import Publication
from leanto.desk.conftest import KeyHolder
from leanto.desk.enrolment import actions as enrolment
from leanto.desk.enrolment.models import Enrolment
from leanto.desk.enrolment.queries import current
from leanto.desk.enrolment.tests.ben import Phone
from leanto.desk.roster.actions import add_agency, add_unit, invite_peer, set_members, stand_down
from leanto.desk.roster.models import Peer
from leanto.desk.rota.actions import add_shift
from leanto.desk.rota.people import reachable
from leanto.desk.signatures import NotSigned, verify
from leanto.desk.site import configuration
from leanto.desk.site.configuration import DeskConfig
from leanto.rules.weeks import day_of, minute_of, monday_of
from leanto.wire.duty import DutyPart
from leanto.wire.head import BEFORE_THE_FIRST, Bulletin, Head
from leanto.wire.members import (
    LabelKind,
    MembersPart,
    SharedKind,
    Tier,
    members_aad,
    members_key_hash,
)
from leanto.wire.public import PublicPart

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def ben(program: DeskConfig, key_holder: KeyHolder, now: datetime) -> Peer:
    """Ben, vouched for and on duty for eight hours from now, with keys for two weeks."""
    harlow = add_agency(code="harlow-pd", name="Harlow Police", by=None, now=now)
    peer = invite_peer(
        name="Ben Ortiz",
        agency=harlow,
        unit=add_unit(agency=harlow, name="Patrol", by=None, now=now),
        chain_of_command="Chief Hale",
        reserve=True,
        by=None,
        now=now - HOUR,
    )
    phone = Phone(queries.charter().program_id)
    monday = monday_of(day_of(now))
    invitation = enrolment.invite(peer=peer, by=None, now=now)
    bundles = [phone.bundle(monday), phone.bundle(monday + 7)]
    enrolment.hand_in(body=phone.hand_in(invitation, bundles), today=day_of(now))
    enrolment.confirm_words(peer=peer, by=None, now=now)
    found = current(peer=peer)
    assert found is not None
    signed = key_holder.vouch(enrolment.vouch_request(enrolment=found))
    enrolment.store_vouch(text=signed, by=None, now=now)
    add_shift(peer=peer, start=now, until=now + 8 * HOUR, tier=0, by=None, now=now)
    return peer


def bulletin_of(publication: Publication) -> Bulletin:
    """What a mailroom would be handed: read strictly, every hash checked."""
    parts = (publication.head, publication.public, publication.members, publication.duty)
    return Bulletin.read(b"".join(map(bytes, parts)))


def opened(bulletin: Bulletin) -> MembersPart:
    """The members' part as a card holder's pocket opens it."""
    head = bulletin.head
    key = members_key(key_folder(), head.epoch)
    assert head.members_key_hash == members_key_hash(key)
    aad = members_aad(program_id=head.program_id, serial=head.serial)
    return MembersPart.read(AESGCM(key).decrypt(bulletin.members[:12], bulletin.members[12:], aad))


def test_what_officers_and_the_mailroom_are_told(ben: Peer, now: datetime) -> None:
    """Officers learn what Ben shares and when he is on duty; the mailroom learns no name."""
    bulletin = bulletin_of(actions.publish(now=now))
    (member,) = opened(bulletin).members
    assert member.vouch.handle == "Ben"
    assert [item.text for item in member.shared] == ["Nineteen years on patrol."]
    assert [(label.kind, label.text) for label in member.labels] == [
        (LabelKind.AGENCY, "harlow-pd"),
        (LabelKind.UNIT, "Patrol"),
        (LabelKind.CHAIN_OF_COMMAND, "Chief Hale"),
    ]
    entry, reserve = opened(bulletin).rota
    assert reserve.tier is Tier.RESERVE
    assert (entry.from_minute, entry.until_minute) == (minute_of(now), minute_of(now + 8 * HOUR))
    (person,) = DutyPart.read(bulletin.duty).people
    assert person.duty_addresses == (member.bundles[0].duty_address,)
    assert [shift.tier for shift in person.shifts] == [Tier.ON_DUTY, Tier.RESERVE]
    for word in (b"Ben", b"Ortiz", b"Harlow", b"harlow"):
        assert word not in bulletin.duty
        assert word not in bulletin.members
    assert b"Ben" not in bulletin.public


def test_where_few_people_are_served_every_pocket_is_told(ben: Peer, now: datetime) -> None:
    """Below fifty in all whoever asks may be guessed, and no pocket may promise otherwise."""

    def told(members: int) -> object:
        set_members(agency=ben.agency, members=members, by=None, now=now)
        return PublicPart.read(bytes(actions.publish(now=now).public)).program.get("small")

    assert [told(49), told(50)] == [True, None]


def test_who_leads_others_is_listed_so_with_the_rank_and_is_nobodys_cover(
    ben: Peer, now: datetime
) -> None:
    """Pockets of his own agency leave him out by the label; the desk alone says what rank it is."""
    Enrolment.objects.update(shared=[[SharedKind.RANK, "Private"]])
    Peer.objects.update(rank="Captain", supervises=True)
    (member,) = opened(bulletin_of(actions.publish(now=now))).members
    assert [(one.kind, one.text) for one in member.shared] == [(SharedKind.RANK, "Captain")]
    assert (LabelKind.LEADS_IN, "harlow-pd") in [(one.kind, one.text) for one in member.labels]
    assert reachable(now=now, start=now, until=now + HOUR) == []


def test_the_public_part_carries_limits_lines_and_keys(program: DeskConfig, now: datetime) -> None:
    """Anyone may read the limits and the lines, and the keys under which passes are drawn."""
    public = PublicPart.read(bulletin_of(actions.publish(now=now)).public)
    assert public.pack["id"] == "us-federal"
    assert {"988", "copline"} <= {line["id"] for line in public.helplines}
    assert public.patience == {"now": 10, "today": 120, "whenever": 1440}
    running = [key for key in public.token_keys if key.first_day <= day_of(now) <= key.last_day]
    assert running
    assert public.token_keys[-1].first_day > day_of(now)


def test_heads_are_signed_and_chained(program: DeskConfig, now: datetime) -> None:
    """A pocket can tell the next bulletin from a forged one and from one of another chain."""
    first, second = (bulletin_of(actions.publish(now=now)).head for _ in range(2))
    held = queries.charter().bulletin_keys[0]
    for head in (first, second):
        verify(key=held.key, signature=head.signature, signed_part=head.signed_part())
        assert head.bulletin_key == held.key
    assert second.serial == first.serial + 1
    assert second.previous == first.hash()
    changed = replace(second, serial=9)
    with pytest.raises(NotSigned):
        verify(key=held.key, signature=changed.signature, signed_part=changed.signed_part())


def test_the_members_part_opens_for_its_own_serial_only(ben: Peer, now: datetime) -> None:
    """An old list of peers cannot be passed off as today's."""
    bulletin = bulletin_of(actions.publish(now=now))
    older = replace(bulletin, head=replace(bulletin.head, serial=bulletin.head.serial + 1))
    with pytest.raises(InvalidTag):
        opened(older)


def test_the_first_head_begins_the_chain(program: DeskConfig, now: datetime) -> None:
    """Before the first there is nothing."""
    head = bulletin_of(actions.publish(now=now)).head
    assert (head.serial, head.previous) == (1, BEFORE_THE_FIRST)


def test_nothing_new_is_not_published_again_until_the_next_day(ben: Peer, now: datetime) -> None:
    """Pockets fetch what changed; a quiet day costs them nothing and is never stale."""
    first = actions.publish_if_due(now=now)
    assert first is not None
    assert actions.publish_if_due(now=now + 3 * HOUR) is None
    tomorrow = actions.publish_if_due(now=now + DAY)
    assert tomorrow is not None
    assert tomorrow.serial == first.serial + 1


def test_whoever_stands_down_is_in_no_later_bulletin(ben: Peer, now: datetime) -> None:
    """Standing down is enough: the next bulletin offers Ben to nobody and rings him for nobody."""
    actions.publish_if_due(now=now)
    stand_down(peer=ben, by=None, now=now + HOUR)
    publication = actions.publish_if_due(now=now + HOUR)
    assert publication is not None
    bulletin = bulletin_of(publication)
    assert opened(bulletin).members == ()
    assert DutyPart.read(bulletin.duty).people == ()


def test_last_weeks_address_stays_reachable_for_a_week(ben: Peer, now: datetime) -> None:
    """A request sealed on Sunday still rings on Monday; officers seal to the new key."""
    bulletin = bulletin_of(actions.publish(now=now + 7 * DAY))
    (person,) = DutyPart.read(bulletin.duty).people
    (member,) = opened(bulletin).members
    assert len(person.duty_addresses) == 2
    assert person.duty_addresses[1] == member.bundles[0].duty_address
    later = DutyPart.read(bulletin_of(actions.publish(now=now + 14 * DAY)).duty)
    assert len(later.people[0].duty_addresses) == 1


def test_a_peers_number_at_the_mailroom_stays_the_same(ben: Peer, now: datetime) -> None:
    """The mailroom spares a peer who was rung twice last night, without knowing who it is."""
    first, second = (
        DutyPart.read(bulletin_of(actions.publish(now=at)).duty) for at in (now, now + DAY)
    )
    assert first.people[0].person == second.people[0].person


class Board(BaseHTTPRequestHandler):
    """A mailroom's door that writes down what is put there."""

    taken: list[tuple[str, str, bytes]]
    status: int

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.taken.append((self.path, self.headers["Host"], body))
        self.send_response(self.status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        """Keep the tests' output quiet."""


@pytest.fixture
def board(program: DeskConfig, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Board]]:
    """A door that takes everything, at the mailroom's address."""
    door = type("ThisBoard", (Board,), {"taken": [], "status": 204})
    with HTTPServer(("127.0.0.1", 0), door) as server:
        origin = f"http://mailroom.localhost:{server.server_port}"
        monkeypatch.setattr(configuration, "_config", replace(program, mailroom=origin))
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield door
        server.shutdown()
        thread.join()


def test_the_mailroom_is_handed_charter_and_bulletin(board: type[Board], now: datetime) -> None:
    """By its own name, byte for byte as signed; and only once."""
    publication = actions.publish(now=now)
    assert publication.pushed == Publication.Pushed.YES
    (charter_path, host, _), (path, _, body) = board.taken
    assert (charter_path, path) == ("/charter", "/bulletin")
    assert host.startswith("mailroom.localhost:")
    assert Bulletin.read(body) == bulletin_of(publication)
    assert not actions.push_pending()
    assert len(board.taken) == 2


def test_what_the_mailroom_did_not_take_is_sent_again(board: type[Board], now: datetime) -> None:
    """A mailroom that was down or said no gets the newest bulletin as soon as it takes it."""
    board.status = 503
    assert actions.publish(now=now).pushed == Publication.Pushed.REFUSED
    assert queries.state(today=day_of(now)).refused
    board.status = 204
    assert not actions.push_pending()
    assert queries.state(today=day_of(now)).pushed


def test_a_mailroom_that_is_away_undoes_nothing(program: DeskConfig, now: datetime) -> None:
    """What Cleo changed stays changed; the bulletin waits and she is told so."""
    publication = actions.publish(now=now)
    assert publication.pushed == Publication.Pushed.UNREACHABLE
    assert not queries.state(today=day_of(now)).pushed
    assert Head.read(bytes(publication.head)).public.hash == sha256(publication.public).digest()
