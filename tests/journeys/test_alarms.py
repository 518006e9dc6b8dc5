"""The watch over every journey barks: what is done here on purpose must not go unseen."""

from pathlib import Path

import pytest

from tests.harness.cast import on_stage
from tests.harness.house import House

pytestmark = pytest.mark.journey

DEEDS = {
    "Content Security Policy": "fetch('http://stranger.example/').catch(() => 0)",
    "spoke to": "void (location = 'http://stranger.example/')",
    "was given": "document.cookie = 'who=ana'",
    "something broke": "console.error('something broke')",
    "image-alt": "document.querySelector('main').append(document.createElement('img'))",
}


@pytest.mark.parametrize(("alarm", "deed"), DEEDS.items())
def test_a_page_that_does_wrong_is_caught(
    house: House, tmp_path: Path, alarm: str, deed: str
) -> None:
    """A stranger spoken to, a cookie left, an error, a picture without words: each fails."""
    with pytest.raises(AssertionError, match=alarm):
        does(deed, house, tmp_path)


def does(deed: str, house: House, folder: Path) -> None:
    """A story in which a page of ours does this."""
    with on_stage(folder) as cast:
        max_ = cast.person("max", origins=house.origins)
        max_.opens(house.pocket)
        max_.page.evaluate(deed)
        max_.page.wait_for_timeout(300)
        if "location" not in deed:
            max_.sees("Someone who has been there")
