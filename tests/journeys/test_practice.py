"""`leanto demo`: a made-up town on this computer, where one person alone can live the story."""

import re
from pathlib import Path

import pytest

from leanto.wire.cards import Card
from tests.harness import keeping, officer, talking
from tests.harness.cast import Cast
from tests.harness.demo import Demo, new_demo
from tests.harness.house import finished
from tests.harness.net import request

pytestmark = pytest.mark.journey


def charter(demo: Demo) -> bytes:
    return request("GET", demo.origins[2] + "/bulletin/charter").body


def test_the_demo_keeps_its_data_until_told_to_begin_anew(tmp_path: Path) -> None:
    """Ctrl-C ends it cleanly, a second start goes on with the same town, a fresh one forgets it."""
    with new_demo(tmp_path) as demo:
        demo.start()
        first, cards = charter(demo), demo.cards
        assert len({Card.read(one) for one in cards}) == 6
        assert demo.interrupt() == 0
        assert "The demo has ended." in demo.screen
        assert "Traceback" not in demo.screen
        demo.start()
        assert (charter(demo), demo.cards) == (first, cards)
        assert demo.interrupt() == 0
        demo.start("--fresh")
        assert charter(demo) != first
        assert set(demo.cards).isdisjoint(cards)


def test_one_person_alone_can_live_the_story(tmp_path: Path, cast: Cast) -> None:
    """Ana picks the practice peer, who answers within seconds and says in every line what it is;
    she keeps it and comes back."""
    with new_demo(tmp_path) as demo:
        demo.start()
        ana = cast.person("ana", origins=demo.origins)
        ana.opens(demo.link("#card="))
        officer.says_own_device(ana)
        ana.sees("Your card works")
        ana.presses("Talk to a peer")
        ana.sees("Before you write")
        ana.presses("I understand, go on")
        ana.types("What's going on?", "Is somebody there?")
        ana.presses("Choose a peer")
        ana.sees("Choose a peer")
        ana.presses("Ask Pat (practice)")
        officer.opens_answer(ana)
        ana.sees("Talk with Pat (practice)")
        ana.reads("Practice: take your time.")
        ana.reads(re.compile("^Practice: I read you."))
        theirs = [one.words for one in talking.said(ana) if not one.by_me]
        assert all("practice" in one.lower() for one in theirs)
        keeping.keeps(ana, "Pat")
        ana.reads("Practice: you keep me now.")
        talking.burns(ana)
        keeping.comes_back_to(ana, demo.origins[0], "Pat")
        officer.opens_answer(ana)
        ana.reads("Practice: we spoke before.")


def test_the_practice_peer_works_on_this_computer_only(tmp_path: Path) -> None:
    """Nobody may ever take a program for Ben: pointed elsewhere, it says so and ends."""
    elsewhere = ("--mailroom", "https://mailroom.example.org", "--memory", tmp_path / "none")
    refused = finished("leanto", "practice", *elsewhere)
    assert refused.returncode == 2
    assert "works on this computer only" in refused.stderr
