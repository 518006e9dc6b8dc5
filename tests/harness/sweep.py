"""Looks for what must be gone: every canary, in every way that a program might have written it."""

import base64
import socket
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

# Shorter ones would be found in any sealed letter by chance.
SHORTEST_BYTES = 4

type Canaries = Mapping[str, bytes]
"""What each one is, and its bytes."""


def forms(canary: bytes) -> set[bytes]:
    """As it is, as digits, as letters, in the wide text of other systems."""
    found = {canary, canary.hex().encode(), canary.hex().upper().encode()}
    found |= set(_base64(canary))
    with_text = _text(canary)
    if with_text is not None:
        found |= {with_text.encode("utf-16-le"), with_text.encode("utf-16-be")}
        found |= {with_text.lower().encode(), with_text.upper().encode()}
    return {one for one in found if len(one) >= SHORTEST_BYTES}


def address_forms(address: str) -> dict[str, bytes]:
    """A network address as text, and as the four bytes that a socket knows."""
    return {f"{address} as text": address.encode(), f"{address} packed": socket.inet_aton(address)}


def found_in(places: Iterable[tuple[Path, bytes]], canaries: Canaries) -> list[str]:
    """Each canary that is somewhere, and where."""
    wanted = {name: forms(canary) for name, canary in canaries.items()}
    return [
        f"{name} in {path}"
        for path, content in places
        for name, shapes in wanted.items()
        if any(shape in content for shape in shapes)
    ]


def unfindable(canaries: Canaries) -> list[str]:
    """Canaries that the search would miss if they were there: there must be none."""
    return [
        f"{name} as {shape!r}"
        for name, canary in canaries.items()
        for shape in forms(canary)
        if not found_in([(Path("planted"), b"\0\1before" + shape + b"after\0")], {name: canary})
    ]


def _base64(canary: bytes) -> Iterator[bytes]:
    """What surely stands in the base64 of a longer text that holds it, wherever it begins there."""
    for before, skipped in enumerate((0, 2, 3)):
        whole = (before + len(canary)) * 8 // 6
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(bytes(before) + canary)[skipped:whole]


def _text(canary: bytes) -> str | None:
    try:
        text = canary.decode("ascii")
    except UnicodeDecodeError:
        return None
    return text if text.isprintable() else None
