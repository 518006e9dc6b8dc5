"""The pocket opens in a real browser and asks nothing of anyone else."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.harness.browser import open_browser
from tests.harness.net import LOOPBACK, request

POCKET = Path(__file__).parents[2] / "src/leanto/pocket_dist"


@pytest.fixture
def pocket_url() -> Iterator[str]:
    handler = partial(SimpleHTTPRequestHandler, directory=POCKET)
    with ThreadingHTTPServer((LOOPBACK, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://leanto.localhost:{server.server_port}"
        server.shutdown()


@pytest.mark.journey
def test_the_pocket_opens_and_calls_no_third_party(pocket_url: str, tmp_path: Path) -> None:
    """No request from any page goes to a third party."""
    asked: list[str] = []
    with open_browser(tmp_path) as browser:
        browser.on("request", lambda sent: asked.append(sent.url))
        page = browser.new_page()
        page.goto(pocket_url)
        page.get_by_role("heading", name="Someone who has been there").wait_for()
    assert asked
    assert [url for url in asked if not url.startswith(pocket_url)] == []


@pytest.mark.journey
def test_every_listed_file_is_served(pocket_url: str) -> None:
    """What outsiders compare is what people get."""
    files = request("GET", f"{pocket_url}/files.json").json()["files"]
    for name, described in files.items():
        assert len(request("GET", f"{pocket_url}/{name}").body) == described["bytes"]
