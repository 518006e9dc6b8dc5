"""The launch kit: a poster, a wallet card and a talk for roll call, with this program's own facts.

What they say about limits is the text of the pack in force, word for word: paper promises nothing
that the screen does not.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.translation import gettext as _

from leanto.desk.admission.lines import lines_to_call
from leanto.desk.directory.queries import pack, terms
from leanto.desk.opening.queries import with_counsel
from leanto.desk.roster.queries import program_is_small
from leanto.desk.site.configuration import configuration
from leanto.press import pdf

SHEETS = ("poster", "wallet", "rollcall")
_PAPER = Path(__file__).with_name("paper")


def kit_pdf(sheet: str, *, language: str) -> bytes:
    """One of SHEETS as tagged PDF, in "en" or "es". Raises NothingChosen before limits are."""
    with translation.override(language):
        return pdf(_PAPER / f"{sheet}.typ", facts(language))


def facts(language: str) -> dict[str, object]:
    """What sheets may say, in the language in force. Raises NothingChosen before limits are."""
    limits, config = with_counsel(pack()), configuration()
    place = {"en": terms().card_place_en, "es": terms().card_place_es}[language]
    return {
        "title": f"{config.name}: {_('Someone who has been there')}",
        "language": language,
        "program": config.name,
        "address": urlsplit(config.pocket).netloc,
        "headline": _("Someone who has been there"),
        "lead": _("Talk to a trained peer who knows the job. No account, no name, no e-mail."),
        "small": _("Few people are in this program: it is confidential, not anonymous.")
        if program_is_small()
        else "",
        "where": {"title": _("Take a card from the box"), "text": place},
        "limits": _("Before you write you see who can read it, and the exceptions."),
        "call": {"title": _("These lines answer without a card"), "lines": lines_to_call()},
        "talk": [
            {
                "title": _("How it works"),
                "text": _(
                    "Take a card yourself. Nobody writes down who took which. Scan it with your "
                    "own phone, not with one of the agency. Then ask for a peer when you want to."
                ),
            },
            {"title": _("Who reads it"), "text": limits["who_reads"][language]},
            {"title": _("Who cannot"), "text": limits["who_cannot"][language]},
            {"title": _("What is kept"), "text": limits["kept"][language]},
            {"title": _("What peers are not"), "text": limits["not_therapists"][language]},
        ],
        "exceptions": {
            "title": _("The exceptions: a peer may have to tell someone when"),
            "texts": [one[language] for one in limits["exceptions"]],
        },
        "reviewed": ""
        if limits["reviewed"]
        else _("These limits wait for review by the program's counsel."),
    }
