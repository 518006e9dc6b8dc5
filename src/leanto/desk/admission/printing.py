"""A box on paper: made in memory, given out once, kept nowhere."""

import csv
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from urllib.parse import urlsplit

from leanto.desk.admission.actions import NewBox
from leanto.desk.admission.lines import lines_to_call
from leanto.desk.bulletin.queries import pinned_fingerprint
from leanto.desk.roster.queries import program_is_small
from leanto.desk.site.configuration import configuration
from leanto.press import pdf, square_code
from leanto.wire.cards import Card

PAPERS = {"a4": "a4", "letter": "us-letter"}
_TEMPLATE = Path(__file__).with_name("paper") / "cards.typ"
_COLUMNS = ("box", "works_until", "address", "letters", "link")


@dataclass(frozen=True, kw_only=True)
class Printed:
    """One file of a box."""

    name: str
    media_type: str
    content: bytes


def on_paper(box: NewBox, *, paper: str) -> Printed:
    """The cards to cut, eight on a sheet, as tagged PDF; `paper` is one of PAPERS."""
    config = configuration()
    data = {
        "title": f"{config.name}: {box.number}",
        "language": "en",
        "paper": PAPERS[paper],
        "program": config.name,
        "address": urlsplit(config.pocket).netloc,
        "line": next(iter(lines_to_call()), None),
        "box": box.number,
        "last_day": box.last_day.isoformat(),
        "small": program_is_small(),
        "cards": [
            {"square": square_code(_link(card)), "typed": _rows_of_three(card.typed())}
            for card in _cards(box)
        ],
    }
    return Printed(
        name=f"box-{box.number}-{paper}.pdf",
        media_type="application/pdf",
        content=pdf(_TEMPLATE, data),
    )


def for_mail_merge(box: NewBox) -> Printed:
    """A row for each card, for a printer's own layout; with a mark that tells Excel it is UTF-8.

    No column names or counts a card within its box: there is nothing to keep a list by.
    """
    address = urlsplit(configuration().pocket).netloc
    written = StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(_COLUMNS)
    rows.writerows(
        (box.number, box.last_day.isoformat(), address, card.typed(), _link(card))
        for card in _cards(box)
    )
    return Printed(
        name=f"box-{box.number}.csv",
        media_type="text/csv",
        content=written.getvalue().encode("utf-8-sig"),
    )


def _cards(box: NewBox) -> list[Card]:
    pin = pinned_fingerprint()
    return [Card(code, pin) for code in box.codes]


def _link(card: Card) -> str:
    return card.link(pocket_origin=configuration().pocket)


def _rows_of_three(typed: str) -> list[str]:
    groups = typed.split()
    return [" ".join(groups[at : at + 3]) for at in range(0, len(groups), 3)]
