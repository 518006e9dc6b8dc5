"""Whatever fails, the lines that answer stay on the screen and can be called."""

import pytest

from tests.harness import officer
from tests.harness.cast import DESKTOP, PHONE, Cast, Person
from tests.harness.house import House

pytestmark = pytest.mark.journey

DOORS = {
    "Talk to a peer": "Talk to a peer",
    "I'm worried about someone": "I'm worried about someone",
    "Look after myself": "Look after myself",
    "Find professional help": "Find professional help",
}


def goes_through_every_door(ana: Person, *, first: str = "Talk to a peer") -> None:
    """`first`: what the first door opens; with scripts it is the question whose device this is."""
    for door, heading in (DOORS | {"Talk to a peer": first}).items():
        ana.opens_door(door)
        ana.sees(heading)
        officer.still_has_the_lines(ana)
        ana.page.go_back()


def test_when_scripts_get_lost_every_door_opens(house: House, cast: Cast) -> None:
    """A page of which only the first half arrives is a whole page."""
    ana = cast.person("ana-in-a-tunnel", origins=house.origins)
    ana.page.route("**/*.js", lambda route: route.abort())
    ana.opens(house.pocket)
    ana.sees("Someone who has been there")
    goes_through_every_door(ana)


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_without_scripts_every_door_opens(
    house: House, cast: Cast, device: dict[str, object]
) -> None:
    """A browser that runs no script of ours still leads to a human voice."""
    name = f"ana-{device['viewport']}"
    without = device | {"java_script_enabled": False}
    ana = cast.person(name, origins=house.origins, device=without)
    ana.opens(house.pocket)
    ana.sees("Someone who has been there")
    goes_through_every_door(ana)
    ana.presses("Who can see what")
    ana.sees("Who can see what")
    ana.presses("Hide screen")
    ana.sees("Notes")


def test_with_all_servers_down_the_pocket_still_opens(house: House, cast: Cast) -> None:
    """Once opened, a pocket needs no server to show the lines and what lies on the device."""
    ana = cast.person("ana", origins=house.origins)
    ana.opens(house.pocket)
    ana.sees("Someone who has been there")
    ana.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    house.kill()
    ana.is_killed()
    ana.opens(house.pocket)
    ana.sees("Someone who has been there")
    goes_through_every_door(ana, first="Is this your own device?")
    ana.opens_door("Look after myself")
    ana.opens_door("Breathing and grounding")
    ana.sees("Breathing and grounding")
    house.start()
