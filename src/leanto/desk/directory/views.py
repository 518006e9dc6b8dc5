"""What officers are told, as coordinators read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from leanto.desk.directory import actions, queries
from leanto.desk.site.access import member
from leanto.desk.site.clock import now, today


def directory(request: HttpRequest) -> HttpResponse:
    """The limits in force and the lines that answer, stale ones marked."""
    try:
        context = {
            "pack": queries.pack(),
            "lines": queries.lines_in_page(today=today()),
            "terms": queries.terms(),
            "newer": queries.newer_shipped(),
            "language": get_language(),
        }
    except queries.NothingChosen as missing:
        return render(request, "directory/nothing.html", {"missing": str(missing)})
    return render(request, "directory/directory.html", context)


def renew(request: HttpRequest) -> HttpResponse:
    """Put the newer versions that came with this release in force, once somebody says so."""
    if request.method == "POST":
        actions.take_newer(by=member(request), now=now())
    return redirect("directory")
