"""Pages for a whole team: bringing a file in, and leading everyone through enrolment."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from leanto.desk.enrolment.actions import INVITATION_DAYS, NotNow
from leanto.desk.roster.models import Peer
from leanto.desk.roster.remits import peers_of
from leanto.desk.site.access import member
from leanto.desk.site.clock import now
from leanto.desk.site.configuration import configuration
from leanto.desk.team import actions
from leanto.desk.team.columns import Kind
from leanto.desk.team.enrolling import on_the_way
from leanto.desk.team.forms import ColumnsForm, FileForm, LetterForm
from leanto.desk.team.mailing import invite_by_mail
from leanto.desk.team.reading import Unreadable, read

LEADS_TO = {Kind.TEAM: "enrolling", Kind.ROTA: "rota"}


def bring_team(request: HttpRequest) -> HttpResponse:
    """Put a whole team on the roster."""
    return _bring(request, Kind.TEAM)


def bring_rota(request: HttpRequest) -> HttpResponse:
    """Put a whole rota in place."""
    return _bring(request, Kind.ROTA)


def enrolling(request: HttpRequest) -> HttpResponse:
    """Everyone on the way to be a peer: where each stands, and what comes next."""
    peers = peers_of(member(request)).select_related("agency", "own_word")
    found = on_the_way(peers, now=now())
    context = {
        "found": found,
        "ready": sum(one.step == "ready" for one in found),
        "has_mail": configuration().mail is not None,
    }
    return render(request, "team/enrolling.html", context)


def mail_invitation(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """Send an invitation by e-mail, after saying who may read it on its way."""
    peer = get_object_or_404(Peer, pk=peer_id)
    form = LetterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_by_mail(peer=peer, **form.cleaned_data, by=member(request), now=now())
        except NotNow as why:
            form.add_error(None, str(why))
        else:
            return redirect("enrolling")
    context = {"peer": peer, "form": form, "days": INVITATION_DAYS}
    return render(request, "team/mail.html", context)


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
    context["plan"] = actions.plan(form.bringing(), by=member(request), now=now())
    context["look"] = form.look()
    return render(request, "team/check.html", context)
