"""An invitation on paper, for a peer without e-mail: made in memory, kept nowhere."""

from pathlib import Path
from urllib.parse import urlsplit

from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from leanto.desk.enrolment.actions import INVITATION_DAYS
from leanto.desk.roster.models import Peer
from leanto.desk.site.configuration import configuration
from leanto.press import pdf, square_code
from leanto.wire.cards import groups

_TEMPLATE = Path(__file__).with_name("paper") / "invitation.typ"
_GROUPS_IN_A_ROW = 5


def invitation_pdf(peer: Peer, link: str, language: str) -> bytes:
    """One page that a peer carries from the training room to their own phone.

    `link` is the invitation's; anybody who reads the page can use it once, so it is handed over by
    hand. `language` is "en" or "es". Their name is on it, so that no page goes to another peer.
    """
    config = configuration()
    with translation.override(language):
        data = {
            "title": _("Invitation for %(name)s") % {"name": peer.name},
            "language": language,
            "program": config.name,
            "own": _(
                "Use your own phone. It makes keys that never leave it; nobody can make them "
                "for you. Keep this page to yourself until that is done."
            ),
            "iphone": {
                "title": _("On an iPhone, first"),
                "lead": _(
                    "The home screen of an iPhone has a storage of its own, and only from there "
                    "can your phone be woken."
                ),
                "steps": [
                    _("In Safari open %(address)s.") % {"address": _address()},
                    _("Press Share, then “Add to Home Screen”, and open it from there."),
                    _(
                        "Choose “Talk to a peer”, then “I was invited to be a peer”, and type the "
                        "code below."
                    ),
                ],
            },
            "square": square_code(link),
            "square_words": _("QR code that opens this invitation"),
            "address": _address(),
            "typed": _rows(link.rpartition("=")[2]),
            "steps": [
                _("On any other phone, scan the square code, or type the code as above."),
                _("Choose what officers call you and what you share."),
                _(
                    "Your screen then shows six words. Call the coordinator and read them to each "
                    "other."
                ),
                _("Let your phone be woken, and wait for the test to arrive."),
            ],
            "until": _("It works once, for %(days)s days.") % {"days": INVITATION_DAYS},
        }
        return pdf(_TEMPLATE, data)


def qr(link: str) -> SafeString:
    """A link as a picture within a page."""
    return mark_safe(square_code(link))  # noqa: S308 -- made here from our own link, of letters and digits


def _address() -> str:
    return urlsplit(configuration().pocket).netloc


def _rows(letters: str) -> list[str]:
    parts = groups(letters).split()
    return [
        " ".join(parts[at : at + _GROUPS_IN_A_ROW]) for at in range(0, len(parts), _GROUPS_IN_A_ROW)
    ]
