"""Spanish from the start, and honest about who has read it."""

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db

UNREVIEWED = "Esta traducción no se ha revisado todavía"


def test_the_desk_speaks_spanish_and_says_that_nobody_reviewed_it() -> None:
    """An unreviewed sentence is marked on every page, until a person has read it."""
    browser = Client()
    browser.post("/language/", {"language": "es", "next": "/sign-in/"})
    page = browser.get("/sign-in/").content.decode()
    assert '<html lang="es">' in page
    assert "Contraseña" in page
    assert UNREVIEWED in page


def test_the_mark_goes_when_the_review_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mark that never goes would be read by nobody."""
    monkeypatch.setattr(settings, "UNREVIEWED_LANGUAGES", set())
    page = Client(headers={"accept-language": "es"}).get("/sign-in/").content.decode()
    assert "Contraseña" in page
    assert UNREVIEWED not in page
