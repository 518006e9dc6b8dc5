"""The people of the stories, each with a device of their own: a browser and the folder it keeps.

They see by role and name, as somebody with a screen reader does. Every screen they come to is
searched for barriers, and every page they open is watched: it may speak to its own program only.
"""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, sync_playwright
from playwright.sync_api import Error as BrowserGone
from playwright.sync_api import TimeoutError as NotSeen

from tests.harness.barriers import barriers
from tests.harness.browser import arguments, find_chromium
from tests.harness.strangers import Strangers, heard

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
# A machine that runs everything at once may be slow; nobody waits for what comes.
PATIENCE_MS = 60_000
# What a browser says by itself while servers are down or a person has no network.
NO_CONNECTION = re.compile(r"net::ERR_|WebSocket connection to .* failed")

# Every page begins with this; nothing but the time of day is another.
AHEAD = """{
  const [Real, ahead] = [Date, DAYS * 86_400_000]
  globalThis.Date = class extends Real {
    constructor(...given) { given.length === 0 ? super(Real.now() + ahead) : super(...given) }
    static now() { return Real.now() + ahead }
  }
}"""

type Name = str | re.Pattern[str]


class Person:
    """Somebody with a browser, and everything that it did."""

    def __init__(
        self,
        name: str,
        *,
        profile: Path,
        origins: tuple[str, str, str],
        start: Callable[..., BrowserContext],
        device: dict[str, Any],
    ) -> None:
        self.name = name
        self.profile = profile
        self.refusals: set[int] = set()  # answers that this story expects
        self.also_own: tuple[str, ...] = ()  # another room, for whoever has to do with it
        self._origins = origins
        self._start = start
        self._device = device
        self._browser: BrowserContext | None = None
        self.asked: list[str] = []  # every address that the browser spoke to
        self._complaints: list[str] = []
        self._days_ahead = 0
        self._seconds_ahead: int | None = None  # where the story moves this device's time

    @property
    def page(self) -> Page:
        """The window in front."""
        return self.browser.pages[-1]

    @property
    def browser(self) -> BrowserContext:
        if self._browser is None:
            self._browser = self._start(self.profile, **self._device)
            self._browser.set_default_timeout(PATIENCE_MS)
            self._watch(self._browser)
            self._set_clock()
        return self._browser

    def opens(self, address: str) -> Page:
        """Types an address; a browser that was shut or killed starts anew on the same folder."""
        self.page.goto(address)
        return self.page

    def reloads(self) -> None:
        self.page.reload()

    def sees(self, heading: Name) -> Locator:
        """The screen with this heading, which has no barrier."""
        found = self.waits_for(self.page.get_by_role("heading", name=heading, exact=True).first)
        if self._device.get("java_script_enabled", True):  # the search is a script itself
            self.page.wait_for_load_state("load")  # with its style
            in_the_way = barriers(self.page)
            assert in_the_way == [], f"{self.name}, {heading}: {in_the_way}"
        return found

    def reads(self, words: Name, *, within_ms: int = PATIENCE_MS) -> Locator:
        """Some text that stands on the screen, sooner or later."""
        return self.waits_for(self.page.get_by_text(words).first, within_ms=within_ms)

    def presses(self, name: Name) -> None:
        """A button or a link, whichever bears this name."""
        button = self.page.get_by_role("button", name=name, exact=True)
        link = self.page.get_by_role("link", name=name, exact=True)
        self.waits_for(button.or_(link).first).click()

    def goes_to(self, heading: str) -> Locator:
        """The screen with this heading; a link of the same name leads there."""
        here = self.page.get_by_role("heading", name=heading, exact=True)
        link = self.page.get_by_role("link", name=heading, exact=True)
        if self.waits_for(here.or_(link).first).get_attribute("href") is not None:
            link.click()
        return self.sees(heading)

    def opens_door(self, name: str) -> None:
        """A big link or button that goes on to say more than its name."""
        begins = re.compile("^" + re.escape(name))
        button = self.page.get_by_role("button", name=begins)
        link = self.page.get_by_role("link", name=begins)
        self.waits_for(button.or_(link).first).click()

    def chooses(self, name: Name) -> None:
        """A radio button or a box to tick."""
        radio = self.page.get_by_role("radio", name=name, exact=True)
        box = self.page.get_by_role("checkbox", name=name, exact=True)
        self.waits_for(radio.or_(box).first).check(force=True)

    def types(self, label: Name, text: str) -> None:
        self.waits_for(self.page.get_by_label(label, exact=True).first).fill(text)

    def picks(self, label: Name, option: Name) -> None:
        """One of a list that folds out, by how its text begins."""
        field = self.waits_for(self.page.get_by_label(label, exact=True).first)
        found = field.get_by_role("option", name=option).first
        field.select_option(found.get_attribute("value") or "")

    def listed(self, role: Any = "listitem", *, within: Locator | None = None) -> list[str]:
        """The texts of all items on the screen, in their order."""
        return [one.strip() for one in (within or self.page).get_by_role(role).all_inner_texts()]

    def waits_for(self, wanted: Locator, *, within_ms: int = PATIENCE_MS) -> Locator:
        """Raises with all that is on the screen when it does not come."""
        try:
            wanted.wait_for(timeout=within_ms)
        except NotSeen:
            raise AssertionError(
                f"{self.name} waits for {wanted} before:\n{self.on_screen()}"
            ) from None
        return wanted

    def lives_on(self, days: int) -> None:
        """So many days pass for this device too, with its pocket shut."""
        self.shuts()
        self._days_ahead += days

    def waits(self, *, seconds: int) -> None:
        """So many seconds pass on this device at once; shut, it finds them gone when it opens."""
        fresh, self._seconds_ahead = (
            self._seconds_ahead is None,
            (self._seconds_ahead or 0) + seconds,
        )
        if self._browser is not None and fresh:
            self._set_clock()
        elif self._browser is not None:
            self._browser.clock.fast_forward(seconds * 1_000)

    def loses_network(self) -> None:
        self.browser.set_offline(True)

    def has_network_again(self) -> None:
        self.browser.set_offline(False)

    def shuts(self) -> None:
        """Closes the browser as people do."""
        self._has_no_cookie()
        browser, self._browser = self._browser, None
        if browser is not None:
            browser.close()

    def is_killed(self) -> None:
        """The battery is out: every process of this browser ends at once."""
        lock = (self.profile / "SingletonLock").readlink()  # machine-process
        os.kill(int(lock.name.rpartition("-")[2]), signal.SIGKILL)
        browser, self._browser = self._browser, None
        if browser is not None:
            with_nobody_there(browser.close)

    def on_screen(self) -> str:
        return self.page.locator("body").aria_snapshot()

    def behaved(self) -> None:
        """Raises for a request to a stranger, a cookie where none may be, or an error in a page."""
        self._has_no_cookie()
        strangers = {one for one in self.asked if not one.startswith(self._own_addresses())}
        assert strangers == set(), f"{self.name}'s browser spoke to {strangers}"
        assert self._complaints == [], f"{self.name}'s browser complained: {self._complaints}"

    def _set_clock(self) -> None:
        if self._days_ahead and self._browser:
            self._browser.add_init_script(AHEAD.replace("DAYS", str(self._days_ahead)))
        if self._seconds_ahead is not None and self._browser:
            now = datetime.fromtimestamp(time.time() + self._seconds_ahead, tz=UTC)
            self._browser.clock.install(time=now)

    def _has_no_cookie(self) -> None:
        """Of pocket and mailroom; the desk knows its own people by one."""
        pocket, _, mailroom = self._origins
        cookies = self._browser.cookies([pocket, mailroom]) if self._browser else []
        assert cookies == [], f"{self.name} was given {cookies}"

    def _own_addresses(self) -> tuple[str, ...]:
        # Chromium counts pictures and documents made on the spot as requests too.
        lines = tuple(origin.replace("http", "ws", 1) for origin in self._origins)
        made_here = tuple(f"blob:{origin}/" for origin in self._origins)
        return tuple(f"{one}/" for one in (*self._origins, *self.also_own, *lines)) + made_here

    def _watch(self, browser: BrowserContext) -> None:
        browser.on("request", lambda sent: self.asked.append(sent.url))
        browser.on("console", self._hear)
        browser.on("weberror", lambda error: self._complaints.append(str(error.error)))
        for page in browser.pages:
            self._watch_lines(page)
        browser.on("page", self._watch_lines)

    def _watch_lines(self, page: Page) -> None:
        page.on("websocket", lambda line: self.asked.append(line.url))

    def _hear(self, message: ConsoleMessage) -> None:
        expected = [f"status of {status}" for status in self.refusals]
        if message.type != "error" or NO_CONNECTION.search(message.text):
            return
        if not any(one in message.text for one in expected):
            self._complaints.append(f"{message.text} {message.location['url']}")


class Cast:
    """Everybody in one story."""

    def __init__(
        self, folder: Path, start: Callable[..., BrowserContext], strangers: Strangers
    ) -> None:
        self._folder = folder
        self._start = start
        self.strangers = strangers
        self._people: dict[str, Person] = {}

    def person(
        self, name: str, *, origins: tuple[str, str, str], device: dict[str, Any] = PHONE
    ) -> Person:
        """Somebody new with an empty device, or the same person again."""
        if name not in self._people:
            self._people[name] = Person(
                name, profile=self._folder / name, origins=origins, start=self._start, device=device
            )
        return self._people[name]

    def behaved(self) -> None:
        for one in self._people.values():
            one.behaved()
        assert self.strangers.asked == [], f"somebody's browser asked {self.strangers.asked}"

    def go_home(self) -> None:
        for one in self._people.values():
            with_nobody_there(one.shuts)


@contextmanager
def on_stage(folder: Path) -> Iterator[Cast]:
    """A cast with empty devices, all watched until they go home."""
    with sync_playwright() as playwright, heard() as strangers:
        chromium = find_chromium(playwright)

        def start(profile: Path, **device: Any) -> BrowserContext:
            # Who goes by a street of their own is heard there.
            args = arguments() + ([] if "proxy" in device else strangers.arguments)
            return playwright.chromium.launch_persistent_context(
                profile, executable_path=chromium, args=args, locale="en-US", **device
            )

        cast = Cast(folder, start, strangers)
        try:
            yield cast
            cast.behaved()
        finally:
            cast.go_home()


def with_nobody_there(act: Callable[[], None]) -> None:
    """Does what may find its browser gone already."""
    try:
        act()
    except BrowserGone:
        return
