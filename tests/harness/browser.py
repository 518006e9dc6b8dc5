"""A real Chromium for the journeys, kept from talking to anyone but us."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def open_browser(profile: Path, **options: Any) -> Iterator[BrowserContext]:
    """Opens Chromium on `profile`, an empty folder for a new device, the same one for a return.

    `options` go to Playwright's persistent context: `locale`, `viewport`, `offline` and more.
    """
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=find_chromium(playwright), args=arguments(), **options
        )
        try:
            yield context
        finally:
            context.close()


def find_chromium(playwright: Playwright) -> Path:
    """`$CHROMIUM`, then the machine's own, then Playwright's; without any, says what to install."""
    if chosen := os.environ.get("CHROMIUM"):
        return Path(chosen)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    own = Path(playwright.chromium.executable_path)
    if own.exists():
        return own
    raise FileNotFoundError(
        "The journeys need Chromium: install the package `chromium`, or name one in $CHROMIUM."
    )


def arguments() -> list[str]:
    # Chromium's sandbox refuses to start for root.
    return [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
