"""What lies in a pocket, opened in its own browser by the key that this browser holds.

Nobody but the device's owner can do this: the key is not to be had outside the browser.
"""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

READ = Path(__file__).with_suffix(".js")
PLANT = READ.with_name("plant.js")
SECRET = re.compile(r"seed|secret|readKey", re.IGNORECASE)


def records(page: Page) -> dict[str, Any]:
    """Every record by `area:name`; bytes as `0x…`, or marked inside of what was sealed."""
    found: dict[str, Any] = page.evaluate(READ.read_text("utf-8"))
    return found


def plant(page: Page, name: str, record: Any) -> None:
    """Writes a sealed record, named as `records` names it, as the pocket itself would."""
    page.evaluate(PLANT.read_text("utf-8"), [name.removeprefix("sealed:"), json.dumps(record)])


def marked(value: bytes) -> dict[str, str]:
    """Bytes as they stand inside of what is sealed."""
    return {"\0bytes": base64.urlsafe_b64encode(value).decode().rstrip("=")}


def secrets(found: Any) -> set[bytes]:
    """Every secret key in these records: seeds, static secrets, read keys."""
    return {value for name, value in _all_bytes("", found) if SECRET.search(name)}


def public_keys(found: Any) -> set[bytes]:
    return {value for name, value in _all_bytes("", found) if "public" in name.lower()}


def _all_bytes(name: str, value: Any) -> Iterator[tuple[str, bytes]]:
    """Every byte string in here, with the name it stands under."""
    if isinstance(value, str) and value.startswith("0x"):
        yield name, bytes.fromhex(value[2:])
    elif isinstance(value, list):
        for one in value:
            yield from _all_bytes(name, one)
    elif isinstance(value, dict):
        for inner, one in value.items():
            if inner == "\0bytes":
                yield name, base64.urlsafe_b64decode(one + "=" * (-len(one) % 4))
            else:
                yield from _all_bytes(inner, one)
