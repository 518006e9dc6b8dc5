"""Packs and lines are read strictly."""

import copy
import re

import pytest

from leanto.desk.directory.shapes import BadData, Content, check_helplines, check_pack
from leanto.desk.directory.shipped import shipped_helplines, shipped_packs


@pytest.fixture
def pack() -> Content:
    return copy.deepcopy(shipped_packs()["us-federal"])


@pytest.fixture
def lines() -> Content:
    return copy.deepcopy(shipped_helplines()["us"])


def test_a_pack_without_one_sentence_is_not_used(pack: Content) -> None:
    """An officer never reads half of the limits."""
    del pack["exceptions"][1]["es"]
    with pytest.raises(BadData, match=re.escape("p.json: exceptions[1].es is missing.")):
        check_pack(pack, "p.json")


def test_a_pack_with_a_misspelled_member_is_not_used(pack: Content) -> None:
    """A sentence under a wrong name would silently not be shown."""
    pack["exeptions"] = []
    with pytest.raises(BadData, match="exeptions is nothing we know"):
        check_pack(pack, "p.json")


def test_a_line_nobody_can_dial_is_not_used(lines: Content) -> None:
    """A number with letters or without any way to reach it never stands on a screen."""
    wordy = copy.deepcopy(lines)
    wordy["lines"][0]["call"] = "1-866-COP-2COP"
    with pytest.raises(BadData, match="digits as they are dialled"):
        check_helplines(wordy, "l.json")
    for way in ("call", "text", "chat"):
        lines["lines"][0].pop(way, None)
    with pytest.raises(BadData, match=re.escape("lines[0] has no way to reach it")):
        check_helplines(lines, "l.json")


def test_a_line_without_its_verify_by_day_is_not_used(lines: Content) -> None:
    """Every number has a day by which a person must have dialled it again."""
    lines["lines"][0]["verifyBy"] = "next spring"
    with pytest.raises(BadData, match="verifyBy must be a date"):
        check_helplines(lines, "l.json")
