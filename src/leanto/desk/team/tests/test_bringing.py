"""A union has its team in a spreadsheet: all of it comes in at once, or nothing does."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from leanto.desk.audit.models import Entry
from leanto.desk.conftest import KeyHolder
from leanto.desk.enrolment.tests.ben import enrolled
from leanto.desk.roster.actions import add_agency, stand_down
from leanto.desk.roster.models import Agency, Peer, Standing, Unit
from leanto.desk.rota.models import Shift
from leanto.desk.site.configuration import DeskConfig
from leanto.desk.team.actions import Bringing, NotBrought, bring_in, plan
from leanto.desk.team.columns import Kind, guess
from leanto.desk.team.reading import read
from leanto.desk.team.times import DayOrder
from tests.harness.staff import browser_of, member_with_second_step

TEAM = """Nombre;Corporación;Unidad;Reserva;Teléfono
Ben Ortiz;HARLOW-PD;Patrulla A;sí;555 0100
Fay Lund;harlow police;patrulla a;;=1+1
Gus Hale;Harlow Police;–;no;
"""
ROTA = """date,peer,start,end,how
2026-12-01,ben,22:00,06:00,
2026-12-02,Ben,22:00,06:00,reserve
2026-11-01,Ben,22:00,06:00,
"""


@pytest.fixture
def harlow(db: None, desk: DeskConfig, now: datetime) -> Agency:
    return add_agency(code="harlow-pd", name="Harlow Police", by=None, now=now)


@pytest.fixture
def ben(program: DeskConfig, key_holder: KeyHolder, now: datetime) -> Peer:
    return enrolled("Ben", sign=key_holder.vouch, now=now - timedelta(hours=1), weeks=4)


@pytest.fixture
def cleo(desk: DeskConfig, db: None) -> Client:
    return browser_of(member_with_second_step())


def bringing(kind: Kind, text: str) -> Bringing:
    table = read(text.encode())
    return Bringing(kind=kind, table=table, chosen=guess(kind, table.header), order=DayOrder.ISO)


def refused(kind: Kind, text: str, now: datetime) -> list[tuple[int, str]]:
    with pytest.raises(NotBrought) as why:
        bring_in(bringing(kind, text), by=None, now=now)
    return [(one.number, one.says) for one in why.value.plan.troubles]


def test_a_team_comes_in_and_the_same_file_again_changes_nothing(
    harlow: Agency, now: datetime
) -> None:
    """Who pressed twice, or brings last month's list with one more name, does no harm."""
    team = bringing(Kind.TEAM, TEAM)
    assert plan(team, by=None, now=now).news == 3
    assert not Peer.objects.exists()
    bring_in(team, by=None, now=now)
    told = [(one.name, str(one.unit or ""), one.reserve) for one in Peer.objects.all()]
    assert told == [
        ("Ben Ortiz", "Harlow Police: Patrulla A", True),
        ("Fay Lund", "Harlow Police: Patrulla A", False),
        ("Gus Hale", "", False),
    ]
    lines = Entry.objects.count()
    stand_down(peer=Peer.objects.get(name="Gus Hale"), by=None, now=now + timedelta(hours=1))
    again = bring_in(team, by=None, now=now + timedelta(hours=2))
    assert (again.news, again.sames) == (0, 3)
    assert Entry.objects.count() == lines + 1
    assert Standing.objects.count() == 4
    bring_in(bringing(Kind.TEAM, TEAM + "Dev Rao;harlow-pd;;;\n"), by=None, now=now)
    assert Peer.objects.count() == 4


def test_one_line_of_trouble_and_nothing_is_done(harlow: Agency, now: datetime) -> None:
    """Each line has its sentence; half a team would be worse than none."""
    wrong = """name,agency,reserve
Ben Ortiz,Harlow Police,yes
,Harlow Police,
Fay Lund,Harlow Pd Dept,
Gus Hale,harlow-pd,maybe
ben  ortiz,harlow-pd,
=HYPERLINK(1),harlow-pd,
"""
    told = refused(Kind.TEAM, wrong, now)
    assert [line for line, _ in told] == [3, 4, 5, 6, 7]
    assert "no agency “Harlow Pd Dept” here" in told[1][1]
    assert "stands on line 2" in told[3][1]
    assert "begins like a formula" in told[4][1]
    assert not Peer.objects.exists()
    assert not Unit.objects.exists()


def test_a_rota_comes_in_and_the_same_file_again_changes_nothing(ben: Peer, now: datetime) -> None:
    """Nights end the next day, what is over stays out, and nobody is on twice."""
    rota = bringing(Kind.ROTA, ROTA)
    found = bring_in(rota, by=None, now=now)
    assert (found.news, found.sames) == (2, 1)
    shifts = [(f"{one.start:%d %H}", f"{one.until:%d %H}", one.tier) for one in Shift.objects.all()]
    assert shifts == [("02 04", "02 12", 0), ("03 04", "03 12", 2)]
    assert bring_in(rota, by=None, now=now).news == 0
    assert Shift.objects.count() == 2


def test_who_cannot_be_rung_is_not_put_on_the_rota(
    ben: Peer, harlow_fay: Peer, now: datetime
) -> None:
    """A rota with a hole nobody sees is worse than a sentence now."""
    wrong = ROTA + "2026-12-02,Ben,23:00,07:00,\n2026-12-03,Fay Lund,22:00,06:00,\n"
    told = refused(
        Kind.ROTA, wrong + "2026-12-03,Bne,22:00,06:00,\n2036-12-03,Ben,1:00,2:00,\n", now
    )
    assert [line for line, _ in told] == [5, 6, 7, 8]
    assert "has a shift at that time" in told[0][1]
    assert "Fay Lund is not enrolled" in told[1][1]
    assert not Shift.objects.exists()


@pytest.fixture
def harlow_fay(ben: Peer, now: datetime) -> Peer:
    bring_in(bringing(Kind.TEAM, "name,agency\nFay Lund,harlow-pd\n"), by=None, now=now)
    return Peer.objects.get(name="Fay Lund")


def test_cleo_maps_what_is_not_known_and_sees_before_she_does(cleo: Client, harlow: Agency) -> None:
    """Nothing is done that she has not looked at, line by line."""
    file = SimpleUploadedFile("team.csv", b"Who,Agency\nBen <b>,harlow-pd\n")
    page = cleo.post("/peers/bring-in/", {"file": file}).content.decode()
    assert "No column holds this yet: Name" in page
    known = {"text": "Who,Agency\nBen <b>,harlow-pd\n", "column-0": "name", "column-1": "agency"}
    cleo.post("/peers/bring-in/", {**known, "do": "1"})
    assert not Peer.objects.exists()
    looked = cleo.post("/peers/bring-in/", {**known, "check": "1"})
    assert "Ben &lt;b&gt; is put on the roster" in looked.content.decode()
    done = cleo.post("/peers/bring-in/", {**known, "looked": looked.context["look"], "do": "1"})
    assert done.status_code == 302
    assert Peer.objects.get().name == "Ben <b>"


def test_a_photo_is_no_team(cleo: Client, harlow: Agency) -> None:
    """She is told what to choose instead."""
    file = SimpleUploadedFile("team.csv", b"\x89PNG\r\n\x1a\n\0\0")
    page = cleo.post("/peers/bring-in/", {"file": file}).content.decode()
    assert "choose Save as, CSV UTF-8" in page
    assert cleo.post("/rota/bring-in/", {"text": "\0"}).status_code == 302
