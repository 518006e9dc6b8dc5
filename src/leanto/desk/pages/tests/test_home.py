"""What Cleo reads first must be true."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from leanto.desk.pages.queries import night_after
from leanto.desk.site.configuration import DeskConfig
from tests.harness.staff import browser_of, member_with_second_step

CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("asked", "start", "until_day"), [(9, 18, 1), (20, 20, 1), (2, 2, 0), (6, 18, 1)]
)
def test_tonight_is_the_night_one_means(asked: int, start: int, until_day: int) -> None:
    """At two in the morning, tonight is the night that is still going on."""
    day = datetime(2026, 11, 24, tzinfo=CHICAGO)
    night = night_after(now=day + timedelta(hours=asked), zone=CHICAGO)
    assert night.start == day + timedelta(hours=start)
    assert night.until == datetime.combine(day.date() + timedelta(days=until_day), time(6), CHICAGO)


@pytest.mark.django_db
def test_an_empty_program_is_told_what_to_do_next(desk: DeskConfig) -> None:
    """A new coordinator is never left before an empty page."""
    page = browser_of(member_with_second_step()).get("/").content.decode()
    for sentence in (
        "Nobody is on duty now",
        "Invite a second coordinator",
        "Add the agencies you serve",
        "a program opens with three at least",
    ):
        assert sentence in page


@pytest.mark.django_db
def test_a_page_that_says_no_shows_the_lines_that_answer(desk: DeskConfig) -> None:
    """Whoever strays here in trouble sees who answers now, and nothing of what they typed."""
    page = Client().get("/nowhere/at-all").content.decode()
    assert 'href="tel:988"' in page
    assert "COPLINE" in page
    assert "at-all" not in page.replace('value="/nowhere/at-all"', "")


@pytest.mark.django_db
def test_what_we_hold_is_made_from_the_live_tables(desk: DeskConfig) -> None:
    """The page counts what is there now, so that it cannot flatter."""
    page = browser_of(member_with_second_step()).get("/what-we-hold/").content.decode()
    assert "Staff accounts" in page
    assert "a hash of the password" in page
    assert "Who asked for a peer, or that anyone asked" in page
