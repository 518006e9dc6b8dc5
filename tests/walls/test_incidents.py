"""The guides and what operators read send people to pages, commands and files that are there."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from leanto.cli import build_parser
from tools import catalogues

ROOT = Path(__file__).parents[2]
PAGES = [
    ROOT / "README.md",
    *(ROOT / f"docs/{name}.md" for name in ("hosting", "incidents", "operating", "waking")),
    *sorted((ROOT / "docs/guide").glob("*.md")),
]
RUNBOOK = " ".join(word for one in PAGES for word in one.read_text("utf-8").split())
A_WAY = re.compile(r"\*([^*]+ → [^*]+)\*")
A_COMMAND = re.compile(r"`leanto ([a-z]+(?: [a-z][a-z-]*)?)")
A_LINK = re.compile(r"\]\((?!https:)([^)#]+)\)")
A_NAME_TO_FILL_IN = "their name"


def test_every_way_leads_over_words_on_the_screen() -> None:
    """At three in the morning nobody looks for a link that has another name."""
    assert A_WAY.findall(RUNBOOK)
    assert astray(RUNBOOK) == []


def test_every_command_is_there() -> None:
    """Nor types one that the program does not know."""
    commands = set(A_COMMAND.findall(RUNBOOK))
    assert len(commands) > 2
    for command in commands:
        with pytest.raises(SystemExit, match=r"^0$"):
            build_parser().parse_args([*command.split(), "--help"])


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    """Whoever follows a guide is not left standing."""
    links = A_LINK.findall(page.read_text("utf-8"))
    assert [one for one in links if not (page.parent / one).exists()] == []


def test_a_link_that_is_not_there_is_found() -> None:
    """The checks above can fail."""
    assert astray("*Peers → Lost phone: burn it*") == ["Lost phone: burn it"]


def astray(text: str) -> list[str]:
    """Steps of a way whose words stand on no page of the desk; `…` stands for any."""
    with (ROOT / catalogues.CATALOGUES / "es/LC_MESSAGES/django.po").open("rb") as file:
        said = [one.id for one in read_po(file, locale="es") if isinstance(one.id, str)]
    steps = [step for way in A_WAY.findall(text) for step in way.split(" → ")]
    return [one for one in steps if one != A_NAME_TO_FILL_IN and not _stands_in(said, one)]


def _stands_in(said: list[str], step: str) -> bool:
    pattern = re.compile(".*".join(map(re.escape, re.split(r"\s*…\s*", step))) + r"\.?")
    return any(pattern.fullmatch(" ".join(one.split())) for one in said)
