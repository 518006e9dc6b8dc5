"""What every template of the desk may use."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from leanto.desk.site.configuration import configuration


def every_page(request: HttpRequest) -> dict[str, object]:
    """The program's name, and whether the language shown still waits for a reviewer."""
    return {
        "program_name": configuration().name,
        "unreviewed": get_language() in settings.UNREVIEWED_LANGUAGES,
        "path": request.path,
    }
