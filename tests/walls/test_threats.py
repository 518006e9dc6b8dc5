"""What THREATS.md names as proof is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
A_FILE = re.compile(r"`([a-z][\w./-]*\.(?:py|ts|md))`")
IS_A_TEST = re.compile(r"(^|/)test_\w+\.py$|\.test\.ts$")


def test_every_proof_is_there() -> None:
    """A *cannot* whose test has moved away would be a promise that nobody keeps."""
    assert missing((ROOT / "THREATS.md").read_text()) == []


def test_every_cannot_names_a_test_or_an_assumption() -> None:
    """Nobody is told that something cannot happen on our word alone."""
    assert unproven((ROOT / "THREATS.md").read_text()) == []


def test_a_proof_that_is_not_there_is_found() -> None:
    """The checks above can fail."""
    text = "## Max\nCannot\n- fly \u2014 `tests/walls/test_nothing.py`;\n- swim.\n"
    assert missing(text) == ["tests/walls/test_nothing.py"]
    assert unproven(text) == ["swim."]


def missing(text: str) -> list[str]:
    return [name for name in A_FILE.findall(text) if not (ROOT / name).is_file()]


def unproven(text: str) -> list[str]:
    lists = re.findall(r"^Cannot[^\n]*\n((?:[- ] [^\n]*\n)+)", text, re.MULTILINE)
    items = [item for one in lists for item in re.split(r"^- ", one, flags=re.MULTILINE)[1:]]
    return [item.strip() for item in items if not _is_proven(item)]


def _is_proven(item: str) -> bool:
    named = any(IS_A_TEST.search(name) for name in A_FILE.findall(item))
    return named or "**assumption**" in item.lower()
