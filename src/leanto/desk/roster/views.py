"""Pages about peers: who they are, their standing on any day, inviting and standing down."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from leanto.desk.people.leaving import OnesOwnAccount
from leanto.desk.people.models import Staff
from leanto.desk.roster import actions
from leanto.desk.roster.forms import (
    AgencyForm,
    BackstopForm,
    DayForm,
    MembersForm,
    PeerForm,
    RemitForm,
    UnitForm,
)
from leanto.desk.roster.labels import serves_somebody
from leanto.desk.roster.models import Agency, Peer
from leanto.desk.roster.queries import program_is_small
from leanto.desk.roster.remits import agencies_named, agencies_of, peers_of, set_remit
from leanto.desk.rota.stranding import WouldStrand
from leanto.desk.rota.templatetags.rota_words import refusal
from leanto.desk.site.access import member
from leanto.desk.site.clock import now, today


def peers(request: HttpRequest) -> HttpResponse:
    """Every peer with their standing, today or on the day asked for."""
    form, day = DayForm.chosen(request.GET, today())
    at = now() if day == today() else _end_of(day)
    context = {
        "form": form,
        "day": day,
        "is_today": day == today(),
        "peers": Peer.objects.standing(at=at)
        .filter(pk__in=peers_of(member(request)).values("pk"))
        .select_related("agency", "unit"),
    }
    return render(request, "roster/peers.html", context)


def invite(request: HttpRequest) -> HttpResponse:
    """Take somebody onto the roster."""
    form = PeerForm(request.POST or None, agencies=agencies_of(member(request)))
    if request.method == "POST" and form.is_valid():
        peer = actions.invite_peer(**form.cleaned_data, by=member(request), now=now())
        return redirect("peer", peer.pk)
    return render(request, "roster/invite.html", {"form": form})


def peer(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """What the desk knows about one peer, and the proof of their standing."""
    found = get_object_or_404(Peer.objects.standing(at=now()), pk=peer_id)
    return render(
        request, "roster/peer.html", {"peer": found, "serves_nobody": not serves_somebody(found)}
    )


def change(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """Correct what the desk knows about a peer."""
    found = get_object_or_404(Peer, pk=peer_id)
    form = PeerForm.of(found, request.POST or None, agencies=agencies_of(member(request)))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_peer(peer=found, **form.cleaned_data, by=member(request), now=now())
        except WouldStrand as why:
            form.add_error(None, refusal(why.span))
        else:
            return redirect("peer", found.pk)
    return render(request, "roster/change.html", {"form": form, "peer": found})


def backstop(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """Say that somebody agreed to be rung when nobody has answered, and when they said so."""
    found = get_object_or_404(Peer, pk=peer_id)
    form = BackstopForm(request.POST or None, today=today())
    if request.method == "POST" and form.is_valid():
        try:
            actions.mark_backstop(
                peer=found, since=form.cleaned_data["since"], by=member(request), now=now()
            )
        except actions.NotPossible:
            form.add_error(None, _("They stood down. Invite them on the roster first."))
        else:
            return redirect("peer", found.pk)
    return render(request, "roster/backstop.html", {"form": form, "peer": found})


def end_backstop(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """Ask once more, then take somebody out of the backstops."""
    found = get_object_or_404(Peer, pk=peer_id)
    if request.method != "POST":
        return render(request, "roster/end_backstop.html", {"peer": found})
    try:
        actions.end_backstop(peer=found, by=member(request), now=now())
    except WouldStrand as why:
        context = {"peer": found, "stranded": why.span}
        return render(request, "roster/end_backstop.html", context, status=409)
    return redirect("peer", found.pk)


def stand_down(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """Ask once more, then end a peer's service."""
    found = get_object_or_404(Peer.objects.standing(at=now()), pk=peer_id)
    if request.method == "POST":
        try:
            actions.stand_down(peer=found, by=member(request), now=now())
        except actions.NotPossible:
            sentence = {"peer": found, "already": True}
            return render(request, "roster/stand_down.html", sentence, status=409)
        return redirect("peer", found.pk)
    shifts_ahead = found.shifts.filter(until__gt=now()).count()
    context = {"peer": found, "shifts_ahead": shifts_ahead}
    return render(request, "roster/stand_down.html", context)


def invite_again(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """Ask once more, then take somebody who stood down back as invited."""
    found = get_object_or_404(Peer.objects.standing(at=now()), pk=peer_id)
    if request.method != "POST":
        return render(request, "roster/invite_again.html", {"peer": found})
    try:
        actions.invite_again(peer=found, by=member(request), now=now())
    except actions.NotPossible:
        return render(request, "roster/invite_again.html", {"peer": found}, status=409)
    return redirect("peer", found.pk)


def agencies(request: HttpRequest) -> HttpResponse:
    """Agencies and their units, with a form for one more of each."""
    agency_form = AgencyForm(request.POST if "agency-name" in request.POST else None)
    unit_form = UnitForm(request.POST if "unit-name" in request.POST else None)
    members_form = MembersForm(request.POST if "members-count" in request.POST else None)
    if members_form.is_bound and members_form.is_valid():
        found = members_form.cleaned_data
        actions.set_members(
            agency=found["agency"], members=found["count"], by=member(request), now=now()
        )
        return redirect("agencies")
    if _added_agency(request, agency_form) or _added_unit(request, unit_form):
        return redirect("agencies")
    context = {
        "agencies": Agency.objects.prefetch_related("units"),
        "agency_form": agency_form,
        "unit_form": unit_form,
        "members_form": members_form,
        "small": program_is_small(),
    }
    return render(request, "roster/agencies.html", context)


def remit(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Say whose people another coordinator looks after."""
    person = get_object_or_404(Staff, pk=person_id, is_active=True)
    form = RemitForm(request.POST or None, initial={"agencies": agencies_named(person)})
    if request.method == "POST" and form.is_valid():
        try:
            set_remit(
                person=person,
                agencies=list(form.cleaned_data["agencies"]),
                by=member(request),
                now=now(),
            )
        except OnesOwnAccount:
            form.add_error(None, _("Another coordinator has to do this for you."))
        else:
            return redirect("staff")
    return render(request, "roster/remit.html", {"form": form, "person": person})


def _added_agency(request: HttpRequest, form: AgencyForm) -> bool:
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        actions.add_agency(**form.cleaned_data, by=member(request), now=now())
    except actions.NameTaken:
        form.add_error("code", _("There is an agency with this name or code already."))
        return False
    return True


def _added_unit(request: HttpRequest, form: UnitForm) -> bool:
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        actions.add_unit(**form.cleaned_data, by=member(request), now=now())
    except actions.NameTaken:
        form.add_error("name", _("This agency has a unit of that name already."))
        return False
    return True


def _end_of(day: date) -> datetime:
    midnight = datetime.combine(day + timedelta(days=1), time.min)
    return timezone.make_aware(midnight) - timedelta(microseconds=1)
