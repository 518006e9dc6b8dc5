"""What officers are told, as coordinators read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from leanto.desk.directory import actions, queries
from leanto.desk.directory.forms import PackForm, TermsForm
from leanto.desk.opening.queries import with_counsel
from leanto.desk.site.access import member
from leanto.desk.site.clock import now, today


def directory(request: HttpRequest) -> HttpResponse:
    """The limits in force and the lines that answer, stale ones marked."""
    try:
        context = {
            "pack": with_counsel(queries.pack()),
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


def choose_pack(request: HttpRequest) -> HttpResponse:
    """Read every pack of this release whole, and put one in force."""
    packs = queries.packs()
    form = PackForm(request.POST or None, packs=packs, initial={"name": queries.pack_in_force()})
    if request.method == "POST" and form.is_valid():
        actions.choose_pack(name=form.cleaned_data["name"], by=member(request), now=now())
        return redirect("directory")
    return render(request, "directory/choose_pack.html", {"form": form, "packs": packs})


def change_terms(request: HttpRequest) -> HttpResponse:
    """Say anew where the next card lies and how long an answer may take."""
    form = TermsForm(request.POST or None, initial=queries.terms_in_form())
    if request.method == "POST" and form.is_valid():
        actions.set_terms(
            card_place_en=form.cleaned_data["card_place_en"],
            card_place_es=form.cleaned_data["card_place_es"],
            patience=form.patience(),
            by=member(request),
            now=now(),
        )
        return redirect("directory")
    return render(request, "directory/change_terms.html", {"form": form})
