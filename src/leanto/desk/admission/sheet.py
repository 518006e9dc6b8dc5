"""A box as a page to print: made in memory, given out once, kept nowhere."""

from urllib.parse import urlsplit

import segno
from django.utils.safestring import SafeString, mark_safe

from leanto.desk.admission.actions import NewBox
from leanto.desk.bulletin.queries import pinned_fingerprint
from leanto.desk.directory.queries import NothingChosen, helplines
from leanto.desk.site.configuration import configuration
from leanto.wire.cards import Card


def sheet(box: NewBox) -> dict[str, object]:
    """What the template `admission/sheet.html` shows of a box: each card's QR code and letters."""
    config = configuration()
    pin = pinned_fingerprint()
    cards = [Card(code, pin) for code in box.codes]
    return {
        "box": box,
        "program": config.name,
        "address": urlsplit(config.pocket).netloc,
        "line": _first_line(),
        "cards": [
            {"qr": qr(card.link(pocket_origin=config.pocket)), "typed": card.typed()}
            for card in cards
        ],
    }


def qr(link: str) -> SafeString:
    """A link as an inline SVG picture, black on white whatever the page's colours."""
    code = segno.make(link, error="m", micro=False)
    svg = code.svg_inline(border=4, omitsize=True, dark="#000", light="#fff", svgclass="qr")
    return mark_safe(svg)  # noqa: S308 -- made here from our own link, of letters and digits


def _first_line() -> dict[str, str] | None:
    """The line that every card names, so that the card helps even when nothing else works."""
    try:
        lines = helplines()
    except NothingChosen:
        return None
    line = next((line for line in lines if "call" in line), None)
    return {"name": line["name"], "call": line["call"]} if line else None
