"""The page on which coordinators see what staff did."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from leanto.desk.audit.queries import lines

PER_PAGE = 50
LAST_PAGE = 10_000


def audit(request: HttpRequest) -> HttpResponse:
    """What staff did, latest first. There is no form here: nothing can be changed or removed."""
    asked = request.GET.get("page", "1")
    page = min(int(asked), LAST_PAGE) if asked.isascii() and asked.isdigit() else 1
    shown, more = lines(page=max(page, 1), per_page=PER_PAGE)
    context = {"lines": shown, "later": page - 1, "earlier": page + 1 if more else None}
    return render(request, "audit/audit.html", context)
