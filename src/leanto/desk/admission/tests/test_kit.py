"""What is pinned to the wall says what the screen says, and no more."""

import re

import pytest
from django.test import Client
from django.utils import translation

from leanto.desk.admission.kit import SHEETS, facts, kit_pdf
from leanto.desk.admission.lines import lines_to_call
from leanto.desk.directory.queries import pack
from leanto.desk.roster.models import Agency
from leanto.desk.site.configuration import DeskConfig
from tests.harness.staff import browser_of, member_with_second_step


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("sheet", SHEETS)
def test_each_sheet_is_tagged_in_its_language_and_stays_one_page(
    program: DeskConfig, sheet: str, language: str
) -> None:
    """Whoever prints it gets one page that a screen reader can read, too."""
    made = kit_pdf(sheet, language=language)
    assert b"/StructTreeRoot" in made
    assert f"/Lang({language})".encode() in made.replace(b" ", b"")
    assert re.search(rb"/Type/Pages/Count 1\b", made)


def test_a_sheet_waits_for_limits_and_lines(
    desk: DeskConfig, db: None, request: pytest.FixtureRequest
) -> None:
    """Without limits and lines there is nothing true to print."""
    cleo = browser_of(member_with_second_step())
    refused = cleo.get("/cards/kit/poster-en/")
    assert refused.status_code == 409
    assert "No limits of confidentiality chosen yet. The opening list" in refused.content.decode()
    request.getfixturevalue("program")
    assert pack()["exceptions"]
    assert lines_to_call()[0] == {"name": "988 Suicide & Crisis Lifeline", "call": "988"}
    answer = cleo.get("/cards/kit/rollcall-es/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert cleo.get("/cards/kit/poster-xx/").status_code == 404
    assert Client().get("/cards/kit/poster-en/").status_code == 302


def test_where_few_are_served_every_sheet_says_confidential_not_anonymous(
    program: DeskConfig,
) -> None:
    """Paper promises no more than the screen does: whoever asks may be guessed there."""
    assert facts("en")["small"] == ""
    Agency.objects.create(code="ash", name="Ash", members=30)
    assert "confidential, not anonymous" in str(facts("en")["small"])
    with translation.override("es"):
        assert "confidencial, no anónimo" in str(facts("es")["small"])
    for sheet in SHEETS:
        assert re.search(rb"/Type/Pages/Count 1\b", kit_pdf(sheet, language="es"))
