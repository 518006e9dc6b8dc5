"""Pages that say no: plain sentences, never blame, and always the lines that answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leanto.desk.pages.helplines import builtin_lines


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The request was not one a page of ours would send."""
    return _refuse(
        request,
        status=400,
        title=_("That did not arrive as it should"),
        sentence=_("Nothing was changed. Go back, load the page again and try once more."),
    )


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Signed in, but not for this."""
    return _refuse(
        request,
        status=403,
        title=_("This page is not open to your account"),
        sentence=_("If you need it, ask another coordinator. Nothing was changed."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page."""
    return _refuse(
        request,
        status=404,
        title=_("There is no page here"),
        sentence=_("The address may be mistyped, or the page is gone. Start again from Home."),
    )


def not_yet(request: HttpRequest, missing: str) -> HttpResponse:
    """What is asked for can be made once something else is there; `missing` says what."""
    return _refuse(
        request,
        status=409,
        title=_("This cannot be made yet"),
        sentence=format_lazy("{} {}", missing, _("The opening list leads there.")),
    )


def failed(request: HttpRequest) -> HttpResponse:
    """Something broke on our side."""
    return _refuse(
        request,
        status=500,
        title=_("Something broke on our side"),
        sentence=_(
            "What you sent was not saved. Try again; if it happens again, tell your operator."
        ),
    )


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too many attempts in a short time."""
    return _refuse(
        request,
        status=429,
        title=_("Too many tries"),
        sentence=_("Wait five minutes, then try again. This keeps others from guessing passwords."),
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form did not come from our own page, or its page was too old."""
    return _refuse(
        request,
        status=403,
        title=_("This form has expired"),
        sentence=_("Nothing was changed. Load the page again and send the form once more."),
    )


def _refuse(
    request: HttpRequest, *, status: int, title: str | Promise, sentence: str | Promise
) -> HttpResponse:
    page = {"title": title, "sentence": sentence, "lines": builtin_lines()}
    return render(request, "pages/refusal.html", page, status=status)
