"""What lies in a pocket, opened in its own browser by the key that this browser holds.

Nobody but the device's owner can do this: the key is not to be had outside the browser.
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

READ = Path(__file__).with_suffix(".js")
LOCKED = "locked"


def records(page: Page) -> dict[str, Any]:
    """Every record by `area:name`; bytes as hex, or base64 inside of what was sealed."""
    found: dict[str, Any] = page.evaluate(READ.read_text("utf-8"))
    return found
