"""The paper on which a program hangs when every file is gone."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leanto.programkey import byhand, keyfile, printing, rehearsing
from leanto.programkey.keyfile import KeyRefused, public_half
from leanto.programkey.paper import key_on, sheet_of
from leanto.wire.charter import fingerprint
from leanto.wire.rehearsal import Rehearsal
from leanto.wire.sheets import Heading, read_sheet, write_sheet

CASES = json.loads(
    Path(__file__).parents[4].joinpath("spec/vectors/keysheets.json").read_text("utf-8")
)["sheet"]
KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
NEXT = Ed25519PrivateKey.from_private_bytes(b"n" * 32)


@pytest.mark.parametrize("case", CASES, ids=[one["name"] for one in CASES])
def test_a_sheet_gives_its_key_or_none(case: dict[str, Any]) -> None:
    """Typed or scanned it is the key that was printed; with any slip, or from two sheets, it is
    none."""
    if case["ok"]:
        key = key_on(case["text"])
        assert key.private_bytes_raw().hex() == case["secret"]
        assert list(sheet_of(key).rows()) == case["rows"]
    else:
        with pytest.raises(KeyRefused):
            key_on(case["text"])


def test_a_slip_is_said_while_its_row_is_under_the_eyes() -> None:
    """Whoever types eighty letters is asked again for sixteen, not for all."""
    rows = sheet_of(KEY).rows()
    slip = ("A" if rows[2][0] != "A" else "B") + rows[2][1:]
    prompts, said = [], list[str]()
    lines = iter([rows[0].lower(), rows[1].replace(" ", "-"), slip, *rows[2:]])

    def ask(prompt: str) -> str:
        prompts.append(prompt)
        return next(lines)

    key = byhand.typed(ask=ask, say=said.append)
    assert public_half(key) == public_half(KEY)
    assert prompts == ["Row 1: ", "Row 2: ", "Row 3: ", "Row 3: ", "Row 4: ", "Row 5: "]
    assert "Row 3 does not fit" in said[-1]


def test_a_scanned_sheet_is_one_line_and_half_a_sheet_is_none() -> None:
    """A scanner types for the holder; one who stops half way is told so."""
    scanned = iter([sheet_of(KEY).scanned()])
    assert public_half(byhand.typed(ask=lambda _: next(scanned), say=print)) == public_half(KEY)

    def two_rows() -> Iterator[str]:
        yield from sheet_of(KEY).rows()[:2]
        raise EOFError

    half = two_rows()
    with pytest.raises(KeyRefused, match="ended before"):
        byhand.typed(ask=lambda _: next(half), say=print)


@pytest.mark.parametrize("language", printing.LANGUAGES)
def test_each_holder_reads_what_they_keep(language: str) -> None:
    """Which key, of which program, what to type, and what to do on the day it is lost."""
    texts = []
    for key, role in ((KEY, "program"), (NEXT, "successor")):
        sheet = printing.printed(
            key,
            role="program" if role == "program" else "successor",
            program="Tres Ríos",
            language=language,
            paper="a4",
        )
        assert f"/Lang({language})".encode() in sheet.pdf
        assert "Tres Ríos" in sheet.text
        typed = [line.strip() for line in sheet.text.splitlines() if line.startswith("    ")]
        assert public_half(key_on("\n".join(typed))) == public_half(key)
        texts.append({line for line in sheet.text.splitlines() if line})
    assert len(texts[0] - texts[1]) >= 9, "a role's own words and letters"


def test_only_a_key_that_was_asked_for_is_rehearsed() -> None:
    """A sheet of another program, or of a key that passed on, is found out here and not one day."""
    asked = [
        Rehearsal(program_id=fingerprint(public_half(KEY)), key=public_half(one), day=20780)
        for one in (KEY, NEXT)
    ]
    request = write_sheet(Heading.REHEARSAL_REQUEST, *(one.unsigned() for one in asked))
    for key in (KEY, NEXT):
        wanted = rehearsing.read_rehearsal_request(request, key=key)
        text = rehearsing.sign_rehearsal(wanted, key=key)
        signed = Rehearsal.read(read_sheet(Heading.REHEARSAL, text))
        assert signed.key == public_half(key)
        key.public_key().verify(signed.signature, signed.signed_part())
    with pytest.raises(KeyRefused, match="neither the program key nor the successor"):
        rehearsing.read_rehearsal_request(request, key=keyfile.fresh())
    with pytest.raises(KeyRefused, match="not a rehearsal request"):
        rehearsing.read_rehearsal_request("leanto charter request 1\n", key=KEY)
