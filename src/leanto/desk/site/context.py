"""What every template of the desk may use."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leanto.desk.roster.remits import is_for_all
from leanto.desk.site.access import member
from leanto.desk.site.configuration import configuration

PAGES = (
    ("home", _("Home")),
    ("peers", _("Peers")),
    ("rota", _("Rota")),
    ("cover", _("Cover")),
    ("boxes", _("Cards")),
    ("bulletin", _("Bulletin")),
    ("directory", _("Limits and lines")),
    ("opening", _("Opening")),
    ("what_we_hold", _("What we hold")),
    ("audit", _("Audit")),
    ("mfa_index", _("Account")),
)
PAGES_OF_AN_AGENCY = {"peers", "rota", "mfa_index"}


def every_page(request: HttpRequest) -> dict[str, object]:
    """The program's name, and whether the language shown still waits for a reviewer."""
    return {
        "program_name": configuration().name,
        "unreviewed": get_language() in settings.UNREVIEWED_LANGUAGES,
        "path": request.path,
        "pages": lambda: _pages(request),
        "for_all": lambda: is_for_all(member(request)),
    }


def _pages(request: HttpRequest) -> list[dict[str, object]]:
    found = []
    for_all = is_for_all(member(request))
    for name, label in PAGES:
        if not for_all and name not in PAGES_OF_AN_AGENCY:
            continue
        url = reverse(name)
        here = request.path == url or (url != "/" and request.path.startswith(url))
        found.append({"url": url, "label": label, "here": here})
    return found
