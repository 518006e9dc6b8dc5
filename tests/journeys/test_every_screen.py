"""Every screen in every state a person may meet, nothing behind it: it fits and stops nobody."""

import json
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.harness.barriers import barriers
from tests.harness.browser import open_browser
from tests.harness.net import LOOPBACK

POCKET = Path(__file__).parents[2] / "pocket"
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "color_scheme": "light"}
SMALL: dict[str, Any] = {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"}
# A browser's own setting for the size of text, twice the usual.
TWICE_THE_TEXT = {"webkit": {"webprefs": {"default_font_size": 32}}}
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def stories(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page that shows one story at a time."""
    folder = tmp_path_factory.mktemp("stories")
    subprocess.run(["node", "stories/build.mjs", str(folder)], cwd=POCKET, check=True)
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer((LOOPBACK, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://leanto.localhost:{server.server_port}"
        server.shutdown()


@pytest.mark.journey
@pytest.mark.parametrize(
    ("device", "language", "settings"),
    [(PHONE, "en", {}), (SMALL, "es", TWICE_THE_TEXT)],
    ids=["phone", "small phone with large text"],
)
def test_no_screen_has_a_barrier(
    stories: str, tmp_path: Path, device: dict[str, Any], language: str, settings: dict[str, Any]
) -> None:
    """Whoever needs large text, a reader or a keyboard meets no screen that shuts them out."""
    preferences = tmp_path / "Default" / "Preferences"
    preferences.parent.mkdir()
    preferences.write_text(json.dumps(settings))
    found: dict[str, list[str]] = {}
    with open_browser(tmp_path, **device) as browser:
        page = browser.new_page()
        page.goto(stories)
        names: list[str] = page.evaluate("storyNames")
        for name in names:
            page.goto(f"{stories}/?story={name}&in={language}")
            page.get_by_role("heading").first.wait_for()
            wide = ["wider than the screen"] if page.evaluate(TOO_WIDE) else []
            found[name] = barriers(page) + wide
    assert {name: what for name, what in found.items() if what} == {}
