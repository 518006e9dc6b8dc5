"""Whatever the desk says, it says in Spanish too; `pocket/catalogue.test.mjs` asks the pocket."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tools import catalogues

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def at_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_every_sentence_of_the_desk_is_there_in_spanish() -> None:
    """Nobody meets an English sentence in the middle of a Spanish page."""
    said = {(message, context) for _, message, context in catalogues.messages()}
    assert sorted(map(str, said - spanish())) == []


def test_a_sentence_without_spanish_is_found() -> None:
    """The check above can fail."""
    assert ("No such sentence stands on any page", None) not in spanish()
    assert len(spanish()) > 300


def spanish() -> set[tuple[str | tuple[str, ...], str | None]]:
    """Whatever has a whole translation, in every number."""
    with (catalogues.CATALOGUES / "es/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file, locale="es")
    return {
        (one.id if isinstance(one.id, str) else tuple(one.id), one.context)
        for one in catalogue
        if one.id and one.string and not one.fuzzy and all(one.string)
    }
