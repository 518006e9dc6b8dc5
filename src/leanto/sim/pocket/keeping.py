"""What a stand-in keeps between two starts: one JSON file, replaced at once."""

import json
import os
from pathlib import Path
from typing import Any


def read_kept(path: Path) -> Any:
    """What `keep` wrote, bytes and all. Raises OSError or ValueError."""
    return _opened(json.loads(path.read_text("ascii")))


def keep(table: Any, path: Path) -> None:
    """Replace the file at once: a crash leaves the old one or the new one, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(".new")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(_written(table), file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _written(value: Any) -> Any:
    if isinstance(value, bytes):
        return "0x" + value.hex()
    if isinstance(value, dict):
        return {_written(key): _written(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_written(one) for one in value]
    return value


def _opened(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("0x"):
        return bytes.fromhex(value[2:])
    if isinstance(value, dict):
        return {_opened(key): _opened(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_opened(one) for one in value]
    return value
