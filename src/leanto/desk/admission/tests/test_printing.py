"""What comes out of the printer: given in one answer, whole, and to nobody again."""

import csv
import re
import secrets
import zlib
from base64 import b64decode
from datetime import date, datetime
from io import StringIO
from pathlib import Path

import pytest

from leanto.desk.admission.actions import NewBox, make_box
from leanto.desk.admission.keys import key_folder
from leanto.desk.admission.models import Box
from leanto.desk.admission.printing import for_mail_merge, on_paper
from leanto.desk.audit.models import Entry
from leanto.desk.opening.rehearsal import open_rehearsal
from leanto.desk.site.configuration import DeskConfig
from leanto.wire.cards import Card
from tests.harness.staff import browser_of, member_with_second_step

BOX = NewBox(
    number=3,
    last_day=date(2029, 11, 25),
    codes=tuple(secrets.token_bytes(10) for _ in range(9)),
)


def rows(table: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(table.decode("utf-8-sig"))))


def test_a_box_is_given_once_and_stored_nowhere(
    desk: DeskConfig, db: None, now: datetime, tmp_path: Path
) -> None:
    """The cards travel in the one answer to Cleo's form; no door gives them a second time."""
    open_rehearsal(now=now)
    cleo = browser_of(member_with_second_step())
    answer = cleo.post("/cards/make/", {"count": 3, "last_day": "2029-11-25"})
    assert answer.headers["Cache-Control"] == "no-store"
    links = dict(
        re.findall(r'download="([^"]+)" href="data:[^,]+,([^"]+)"', answer.content.decode())
    )
    assert set(links) == {"box-1-a4.pdf", "box-1-letter.pdf", "box-1.csv"}
    assert b64decode(links["box-1-a4.pdf"]).startswith(b"%PDF-")
    cards = {Card.read(row["link"]) for row in rows(b64decode(links["box-1.csv"]))}
    assert len(cards) == 3
    assert b"data:" not in cleo.get("/cards/").content
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not [card for card in cards if any(card.code in one for one in kept)]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_sheet_has_all_fronts_and_a_back_for_each_page(program: DeskConfig, paper: str) -> None:
    """Nine cards are four pages, tagged; every card has its own code, number and square."""
    made = on_paper(BOX, paper=paper).content
    assert len(re.findall(rb"/Type ?/Page\b", made)) == 4
    assert b"/StructTreeRoot" in made
    assert len(re.findall(rb"/S ?/Figure", made + _streams(made))) == len(BOX.codes)


def test_a_table_tells_cards_and_no_holder(program: DeskConfig) -> None:
    """The link keeps the code behind the #, where no server sees it; no column is for a name."""
    table = rows(for_mail_merge(BOX).content)
    assert list(table[0]) == ["box", "works_until", "address", "letters", "link"]
    for code, row in zip(BOX.codes, table, strict=True):
        assert row["link"].startswith(program.pocket + "/#card=")
        assert Card.read(row["link"]).code == Card.read(row["letters"]).code == code


def test_who_carried_a_box_is_written_down(desk: DeskConfig, db: None, now: datetime) -> None:
    """Cleo knows whom to ask for a lost box; a box that lies nowhere cannot be carried."""
    Box.objects.create(number=1, count=9, last_day=BOX.last_day)
    Box.objects.create(number=2, count=9, last_day=BOX.last_day, for_watch=True)
    cleo = browser_of(member_with_second_step())
    said = {"carrier": "Sgt. Dev Rao", "to": "Union hall", "on": "2026-11-25"}
    assert cleo.post("/cards/1/carried/", said).status_code == 302
    assert "Sgt. Dev Rao → Union hall" in cleo.get("/cards/").content.decode()
    assert cleo.post("/cards/2/carried/", said).status_code == 404
    assert [entry.on for entry in Entry.objects.filter(act="carried-box")] == ["box 1"]


def _streams(made: bytes) -> bytes:
    """What the PDF's compressed streams hold."""
    found = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)
    return b"".join(_inflated(one) for one in found)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_cleo_takes_back_a_lost_box_and_one_found_card_on_record(
    desk: DeskConfig, db: None, now: datetime
) -> None:
    """She is asked once more first; the page then says so, and her name stands beside it."""
    open_rehearsal(now=now)
    lost, other = (
        make_box(count=2, last_day=BOX.last_day, folder=key_folder(), by=None, now=now)
        for _ in range(2)
    )
    cleo = browser_of(member_with_second_step())
    assert cleo.get(f"/cards/{lost.number}/take-back/").status_code == 200
    assert not Box.objects.filter(revoked=True).exists()
    cleo.post(f"/cards/{lost.number}/take-back/")
    cleo.post("/cards/take-back/", {"card": Card(other.codes[0], bytes(16)).typed()})
    assert [one.number for one in Box.objects.filter(revoked=True)] == [lost.number]
    acts = Entry.objects.filter(act__in=("revoked-box", "revoked-card"), by__name="Cleo Marsh")
    assert {one.act for one in acts} == {"revoked-box", "revoked-card"}
