"""The two sheets that two people keep: as PDF, and as text where no PDF can be printed."""

import json
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leanto.press import pdf, square_code
from leanto.programkey.keyfile import public_half
from leanto.programkey.paper import sheet_of
from leanto.wire.cards import groups
from leanto.wire.charter import fingerprint

type Role = Literal["program", "successor"]

PAPERS = {"a4": "a4", "letter": "us-letter"}
LANGUAGES = ("en", "es")
_TEMPLATE = Path(__file__).with_name("sheet.typ")


@dataclass(frozen=True, kw_only=True)
class PrintedKey:
    """One sheet, twice: what a printer takes, and the same as text. Both hold the whole key."""

    pdf: bytes
    text: str


def printed(
    key: Ed25519PrivateKey, *, role: Role, program: str, language: str, paper: str
) -> PrintedKey:
    """The sheet for the holder of this key. `language` is one of LANGUAGES, `paper` of PAPERS."""
    sheet, said = sheet_of(key), _said(language)
    number = "1" if role == "program" else "2"
    data = {
        "title": said["title"].format(number=number, program=program),
        "language": language,
        "paper": PAPERS[paper],
        "heading": said[role],
        "program": program,
        "what": said["what"][role],
        "rows": sheet.rows(),
        "about-rows": said["rows"],
        "square": square_code(sheet.scanned()),
        "square-words": said["square"],
        "fingerprint-words": said["fingerprint"],
        "fingerprint": groups(fingerprint(public_half(key)).hex()),
        "holder": said["holder"],
        "since": said["since"],
        "keep": said["keep"],
        "lost": said["lost"][role],
    }
    return PrintedKey(pdf=pdf(_TEMPLATE, data), text=_as_text(data))


def _said(language: str) -> dict[str, Any]:
    catalogue = files("leanto.programkey").joinpath("sheet.json").read_text("utf-8")
    said: dict[str, Any] = json.loads(catalogue)[language]
    return said


def _as_text(data: dict[str, Any]) -> str:
    lines = (
        *(data["heading"], data["program"], "", data["what"], ""),
        *(f"    {row}" for row in data["rows"]),
        *("", data["about-rows"], ""),
        *(f"{data['fingerprint-words']}: {data['fingerprint']}", ""),
        *(f"{data[blank]}: ____________________" for blank in ("holder", "since")),
        *("", *(f"- {one}" for one in data["keep"]), "", data["lost"]),
    )
    return "".join(f"{line}\n" for line in lines)
