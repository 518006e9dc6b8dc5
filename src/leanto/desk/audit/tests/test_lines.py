"""Coordinators answer for what they did, so a line cannot be made to say something else."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.audit.models import Entry
from tests.harness.staff import browser_of, member_with_second_step

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_a_line_cannot_be_changed() -> None:
    """Not even by code that goes around every page."""
    record(act=Act.STOOD_DOWN_PEER, on="Ben Okafor", by=None, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.update(on="somebody else")
    assert Entry.objects.get().on == "Ben Okafor"


def test_the_page_says_who_did_what_and_pages_back() -> None:
    """Latest first, fifty to a page, and the operator's own acts among them."""
    cleo = member_with_second_step()
    record(act=Act.ADDED_AGENCY, on="Ash Falls", by=None, now=NOW)
    for number in range(50):
        record(act=Act.ADDED_SHIFT, on=f"shift {number}", by=cleo, now=NOW.replace(hour=13))
    browser = browser_of(cleo)
    first = browser.get("/audit/").content.decode()
    second = browser.get("/audit/", {"page": "2"}).content.decode()
    assert "Added a shift" in first
    assert "Ash Falls" not in first
    assert "The operator" in second
    assert browser.get("/audit/", {"page": "-1"}).status_code == 200
