"""Pages that bring a file in: first what it would change, line by line; then all of it at once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from leanto.desk.site.access import member
from leanto.desk.site.clock import now
from leanto.desk.team import actions
from leanto.desk.team.columns import Kind
from leanto.desk.team.forms import ColumnsForm, FileForm
from leanto.desk.team.reading import Unreadable, read

LEADS_TO = {Kind.TEAM: "peers", Kind.ROTA: "rota"}


def bring_team(request: HttpRequest) -> HttpResponse:
    """Put a whole team on the roster."""
    return _bring(request, Kind.TEAM)


def bring_rota(request: HttpRequest) -> HttpResponse:
    """Put a whole rota in place."""
    return _bring(request, Kind.ROTA)


def _bring(request: HttpRequest, kind: Kind) -> HttpResponse:
    if "text" in request.POST:
        try:
            table = read(request.POST["text"].encode())
        except Unreadable:
            return redirect(request.path)
        return _checked(request, kind, ColumnsForm(request.POST, kind=kind, table=table))
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        table = form.cleaned_data["file"]
        first = ColumnsForm.at_first(kind=kind, table=table, text=form.text)
        return _checked(request, kind, first)
    return render(request, "team/file.html", {"form": form, "kind": kind})


def _checked(request: HttpRequest, kind: Kind, form: ColumnsForm) -> HttpResponse:
    """What the file would change; or, where just that was looked at and wanted, it is done."""
    context: dict[str, object] = {"form": form, "kind": kind, "leads_to": LEADS_TO[kind]}
    if not form.is_valid():
        return render(request, "team/check.html", context)
    if "do" in request.POST and form.cleaned_data["looked"] == form.look():
        try:
            actions.bring_in(form.bringing(), by=member(request), now=now())
        except actions.NotBrought as why:  # the roster changed since it was looked at
            return render(request, "team/check.html", context | {"plan": why.plan}, status=409)
        return redirect(LEADS_TO[kind])
    context["plan"] = actions.plan(form.bringing(), now=now())
    context["look"] = form.look()
    return render(request, "team/check.html", context)
