"""The watch over every journey barks: what is done here on purpose must not go unseen."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.harness.cast import on_stage
from tests.harness.house import House
from tests.harness.net import LOOPBACK

pytestmark = pytest.mark.journey

DEEDS = {
    "Content Security Policy": "fetch('http://stranger.example/').catch(() => 0)",
    "spoke to": "void (location = 'http://stranger.example/')",
    "was given": "document.cookie = 'who=ana'",
    "something broke": "console.error('something broke')",
    "image-alt": "document.body.append(document.createElement('img'))",
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


def test_a_stranger_is_heard_whoever_asks(tmp_path: Path) -> None:
    """A page, its service worker, a line: none gets past the browser unheard."""
    heard: list[str] = []
    with fays_site() as site, pytest.raises(AssertionError, match="spoke to"):
        visits(site, tmp_path, heard)
    names = re.findall(r"(\w+)\.stranger\.example", " ".join(heard))
    assert set(names) == {"page", "worker", "line"}


def visits(site: str, folder: Path, heard: list[str]) -> None:
    with on_stage(folder) as cast:
        max_ = cast.person("max", origins=(site, site, site))
        max_.opens(site)
        max_.page.wait_for_function("navigator.serviceWorker.controller !== null")
        max_.page.wait_for_timeout(500)
        heard += cast.strangers.asked


@contextmanager
def fays_site() -> Iterator[str]:
    """A site that knows no policy and speaks to strangers in every way."""
    server = ThreadingHTTPServer((LOOPBACK, 0), Fay)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://fay.localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class Fay(BaseHTTPRequestHandler):
    PAGE = b"""<!doctype html><html lang=en><title>Fay</title><main><h1>Fay</h1></main><script>
        navigator.serviceWorker.register("/worker.js");
        fetch("http://page.stranger.example/").catch(() => 0);
        new WebSocket("ws://line.stranger.example/");
    </script>"""
    WORKER = b"""self.addEventListener("activate", (event) => event.waitUntil(
        fetch("http://worker.stranger.example/").finally(() => clients.claim())));"""

    def do_GET(self) -> None:
        kind, body = "text/html", self.PAGE
        if self.path == "/worker.js":
            kind, body = "text/javascript", self.WORKER
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library names it
        """Says nothing."""
