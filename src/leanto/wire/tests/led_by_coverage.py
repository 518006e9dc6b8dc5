"""Chance that learns: atheris keeps whatever bytes led somewhere new, and goes on from there.

A program of its own, for libFuzzer ends its process: `led_by_coverage.py CORPUS -max_total_time=N`.
The first byte of an input chooses the reader; the corpus begins with the law's own cases.
"""

import json
import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["leanto.wire"]):
    from leanto.wire.errors import WireError
    from leanto.wire.public import PublicPart
    from leanto.wire.tests.layouts import LAYOUTS

VECTORS = Path(__file__).parents[4] / "spec/vectors"
READERS = list(LAYOUTS)


def one_input(data: bytes) -> None:
    """Read, or refused with a wire error; what was read is written as it was."""
    chosen, rest = data[:1], data[1:]
    reader = READERS[chosen[0] % len(READERS)] if chosen else PublicPart.read
    try:
        value = reader(rest)
    except WireError:
        return
    if chosen and value.write() != rest:
        raise AssertionError(f"{reader} took a second spelling")


def plant(corpus: Path) -> None:
    """Every case of the law, for every reader: which is whose, the fuzzer finds out."""
    for file in VECTORS.glob("*.json"):
        groups = json.loads(file.read_text("utf-8")).values()
        cases = [one for group in groups if isinstance(group, list) for one in group]
        for at, whole in enumerate(one["bytes"] for one in cases if "bytes" in one):
            for reader in range(len(READERS)):
                seed = bytes([reader]) + bytes.fromhex(whole)
                (corpus / f"{file.stem}-{at}-{reader}").write_bytes(seed)


if __name__ == "__main__":
    plant(Path(sys.argv[1]))
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
