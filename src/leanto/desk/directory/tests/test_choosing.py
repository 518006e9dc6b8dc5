"""Cleo chooses what officers are told, and never in silence."""

import pytest

from leanto.desk.audit.models import Entry
from leanto.desk.directory import queries
from leanto.desk.site.configuration import DeskConfig
from tests.harness.staff import browser_of, member_with_second_step

TERMS = {
    "card_place_en": "The desk of the chaplain",
    "card_place_es": "La mesa del capellán",
    "patience_now_minutes": "15",
    "patience_today_minutes": "300",
    "patience_whenever_minutes": "2000",
}


def test_limits_are_read_whole_before_they_are_chosen(program: DeskConfig) -> None:
    """Every pack stands there whole; what is chosen is in force and in the record."""
    cleo = browser_of(member_with_second_step())
    page = cleo.get("/directory/pack/").content.decode()
    assert "34 U.S.C. 50901" in page
    assert "RCW 5.60.060" in page
    cleo.post("/directory/pack/", {"name": "us-wa"})
    assert queries.pack()["id"] == "us-wa"
    assert Entry.objects.filter(on="us-wa, version 2").exists()


def test_a_pack_nobody_shipped_changes_nothing(program: DeskConfig) -> None:
    """A form sent by hand cannot put words before officers that nobody read."""
    cleo = browser_of(member_with_second_step())
    page = cleo.post("/directory/pack/", {"name": "us-max"}).content.decode()
    assert "Nothing was saved yet" in page
    assert queries.pack()["id"] == "us-federal"


@pytest.mark.parametrize("minutes", ["0", "-5", "20000", "301", "soon", ""])
def test_a_promise_in_the_wrong_order_is_refused(program: DeskConfig, minutes: str) -> None:
    """“Now” never takes longer than “today”, and nothing is half saved."""
    before = queries.terms().card_place_en
    cleo = browser_of(member_with_second_step())
    page = cleo.post("/directory/terms/", TERMS | {"patience_now_minutes": minutes})
    assert "Nothing was saved yet" in page.content.decode()
    assert queries.terms().card_place_en == before


def test_new_terms_are_what_officers_are_told(program: DeskConfig) -> None:
    """Where the next card lies changes for everyone with the next bulletin."""
    cleo = browser_of(member_with_second_step())
    cleo.post("/directory/terms/", TERMS)
    assert queries.terms().card_place_es == "La mesa del capellán"
    assert queries.terms().patience_today_minutes == 300
