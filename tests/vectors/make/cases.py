"""How a case is put down: seeded bytes, fields as JSON, good cases and every way to spoil one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from hashlib import shake_256
from typing import Any

from leanto.wire.bundle import Bundle
from leanto.wire.errors import WireError

type Case = dict[str, Any]
type Read = Callable[[bytes], object]

TODAY = 20780
"""Monday, 23 November 2026."""


def seeded(name: str, size: int) -> bytes:
    """Made-up bytes, the same in every run."""
    return shake_256(b"leanto vector: " + name.encode()).digest(size)


def plain(value: object) -> Any:
    """A wire type as its `fields`."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Bundle):
        return _all_fields(value) | {"last_day": value.last_day}
    if is_dataclass(value):
        return _all_fields(value)
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(one) for one in value]
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _all_fields(value: Any) -> Case:
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}


def good(name: str, value: Any, **more: object) -> Case:
    return {"name": name, "ok": True, "bytes": value.write().hex(), "fields": plain(value)} | more


def spoiled(case: Case, read: Read, *, versioned: bool = True) -> Iterator[Case]:
    """The four ways in which every body can be wrong."""
    name = case["name"]
    yield bad(f"{name}: the last byte is missing", case, read, cut=1)
    yield bad(f"{name}: a byte is left over", case, read, add="00")
    if versioned:
        yield bad(f"{name}: version 0", case, read, at=0, put="00")
        yield bad(f"{name}: version 2", case, read, at=0, put="02")


def bad(name: str, case: Case, read: Read, **recipe: Any) -> Case:
    """A failure as a recipe on a good case; the reading itself says which problem it is."""
    recipe = {"from": case["name"]} | recipe
    problem = refusal(read, applied(recipe, bytes.fromhex(case["bytes"])))
    return {"name": name, "ok": False, **recipe, "problem": problem}


def raw(name: str, data: bytes, read: Read) -> Case:
    """A failure that no recipe gives."""
    return {"name": name, "ok": False, "bytes": data.hex(), "problem": refusal(read, data)}


def applied(recipe: Mapping[str, Any], data: bytes) -> bytes:
    """Carries out a recipe of spec/vectors/README.md."""
    if "cut" in recipe:
        return data[: len(data) - recipe["cut"]]
    if "add" in recipe:
        return data + bytes.fromhex(recipe["add"])
    put = bytes.fromhex(recipe["put"])
    return data[: recipe["at"]] + put + data[recipe["at"] + len(put) :]


def refusal[Raw](read: Callable[[Raw], object], data: Raw) -> str:
    try:
        read(data)
    except WireError as error:
        return error.problem
    raise AssertionError("a case meant to be refused was read")


def flipped(data: bytes, at: int = 0) -> str:
    """The recipe's `put` that changes one bit of the byte at this place."""
    return f"{data[at] ^ 1:02x}"
