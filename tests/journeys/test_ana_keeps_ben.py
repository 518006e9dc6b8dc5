"""Ana keeps Ben under a name of her own, and comes back to him as long as both want it."""

import re
from typing import NamedTuple

import pytest

from tests.harness import keeping, officer, talking, vault
from tests.harness.cast import Cast, Person
from tests.harness.house import House

pytestmark = pytest.mark.journey

NAME = "Night shift Ben"
REMINDER = "someone, about a week, evening"


class Kept(NamedTuple):
    """Ana, and Ben whom she kept."""

    house: House
    ana: Person
    ben: Person


@pytest.fixture(scope="module")
def kept(house: House, cast: Cast) -> Kept:
    """A first talk, in which she kept him and he wrote himself a reminder; then she ended it."""
    ana, ben = talking.ready(house, cast)
    for one in (ana, ben):
        one.refusals.add(404)  # a letter on its way when the other one burns finds no mailbox
    talking.begins(ana, ben, house, "It was the kid on Mill Street.")
    ben.reads("It was the kid on Mill Street.")
    keeping.keeps(ana, NAME)
    ben.sees("This person keeps you")
    keeping.writes_reminder(ben, REMINDER)
    return Kept(house, ana, ben)


def test_she_keeps_him_and_neither_learns_more(kept: Kept) -> None:
    """After the talk she has his keys and her own name for him, he her keepsake and his own words;
    the talk itself and every server have nothing of it."""
    house, ana, ben = kept
    ana.presses("End the talk")
    ana.sees("End this talk?")
    ana.presses("Yes, end it")
    ana.sees("After this talk")
    for way_on in ("That was enough", "Find me someone else"):
        assert ana.page.get_by_text(way_on).count() == 1
    hers, his = vault.records(ana.page), vault.records(ben.page)
    (peer,) = [one for name, one in hers.items() if name.startswith("sealed:kept-peer/")]
    (reminder,) = [one for name, one in his.items() if name.startswith("sealed:reminder/")]
    assert peer["name"] == NAME
    assert reminder["words"] == REMINDER
    assert peer["keepsake"] == reminder["keepsake"]
    keepsake = str(peer["keepsake"])
    talks = [one for name, one in (hers | his).items() if name.startswith("sealed:talk/")]
    assert all(keepsake not in str(talk["lines"]) for talk in talks)
    assert NAME not in str(his)
    assert REMINDER not in str(hers)
    for path, content in house.every_file():
        assert NAME.encode() not in content, path


def test_next_month_he_knows_her(kept: Kept) -> None:
    """She is rung through to him first, and his own pocket says that they spoke before."""
    house, ana, ben = kept
    keeping.time_passes(house, ana, ben, days=30)
    ben_is_on_duty_again(kept)
    keeping.comes_back_to(ana, house.pocket, NAME)
    assert keeping.is_known(ana, ben)
    ben.reads(f"Your reminder: {REMINDER}")
    officer.opens_answer(ana)
    ana.sees(f"Talk with {NAME}")
    talking.burns(ana)
    ben.sees("Burned")


def test_after_200_days_she_is_not_stranded(kept: Kept) -> None:
    """No pass is left, every key of the bulletin has been succeeded: her pocket fetches all of it,
    says that this can be seen, and reaches him by the keepsake."""
    house, ana, ben = kept
    keeping.time_passes(house, ana, ben, days=200)
    asked, signed = house.folder / "renewal.txt", house.folder / "renewed.txt"
    house.at_desk("asks_renewal", asked)
    house.sign("renew", asked, signed)
    house.at_desk("renewed", signed)
    ben_is_on_duty_again(kept)
    keeping.comes_back_to(ana, house.pocket, NAME)
    ana.reads(re.compile("this device fetched new passes just now"))
    assert keeping.is_known(ana, ben)
    officer.opens_answer(ana)
    talking.burns(ana)
    ben.sees("Burned")


def test_max_cannot_come_back_in_her_place(kept: Kept, cast: Cast) -> None:
    """Whoever knows all that is public of Ben, and was never given a keepsake, is new to him."""
    house, ana, ben = kept
    max_ = cast.person("max", origins=house.origins)
    max_.lives_on(230)
    officer.joins(max_, house)
    hers = vault.records(ana.page)
    (name,) = [one for one in hers if one.startswith("sealed:kept-peer/")]
    vault.plant(max_.page, name, hers[name] | {"keepsake": vault.marked(bytes(32))})
    keeping.comes_back_to(max_, house.pocket, NAME)
    assert not keeping.is_known(max_, ben)
    officer.opens_answer(max_)
    talking.burns(max_)
    ben.sees("Burned")


def test_whom_he_forgot_is_new_to_him(kept: Kept) -> None:
    """His reminder is his alone: without it she comes to him like anyone else, and is not told."""
    house, ana, ben = kept
    ben.opens(house.pocket)
    ben.goes_to("On call")
    ben.presses("Your reminders")
    ben.sees("Your reminders")
    ben.presses("Forget")
    ben.sees("Forget this reminder?")
    ben.presses("Yes, forget")
    ben.reads("Nobody keeps you on this device.")
    hers = vault.records(ana.page)
    (peer,) = [one for name, one in hers.items() if name.startswith("sealed:kept-peer/")]
    assert str(peer["keepsake"]) not in str(vault.records(ben.page))
    keeping.comes_back_to(ana, house.pocket, NAME)
    assert not keeping.is_known(ana, ben)
    officer.opens_answer(ana)
    talking.burns(ana)
    ben.sees("Burned")


def test_when_he_stood_down_she_is_told_and_not_left_alone(kept: Kept) -> None:
    """Plainly, with the lines, and with the way to another peer, of whom there is none today."""
    house, ana, _ = kept
    house.at_desk("stands_down", "Ben")
    ana.reloads()
    ana.presses("The peers you kept")
    ana.sees("The peers you kept")
    ana.reads("Not on the program's list any more.")
    officer.still_has_the_lines(ana)
    assert ana.page.get_by_role("button", name=f"Ask {NAME}").count() == 0
    ana.presses("Ask another peer")
    # Ben was the only one: the way to others leads to those who always answer, and says why.
    ana.reads("No peer is on the program's list just now.")
    officer.still_has_the_lines(ana)


def ben_is_on_duty_again(kept: Kept) -> None:
    """His pocket hands in this week's keys by itself; the rota is the coordinator's."""
    house, _, ben = kept
    house.at_desk("duty", "Ben")
    ben.opens(house.pocket)
    ben.goes_to("On call")
    ben.reads("On duty now", within_ms=60_000)
    ben.reads("Listening", within_ms=60_000)
