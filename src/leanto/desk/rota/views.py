"""Pages about the rota: a week at a time, and one shift."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leanto.desk.roster.models import Peer
from leanto.desk.roster.remits import peers_of
from leanto.desk.rota import actions, queries
from leanto.desk.rota.forms import ShiftForm
from leanto.desk.rota.models import Shift
from leanto.desk.rota.stranding import WouldStrand
from leanto.desk.rota.templatetags.rota_words import refusal
from leanto.desk.site.access import member
from leanto.desk.site.clock import now, program_zone, today

WEEK = timedelta(days=7)
FAR = 53  # weeks to either side that can be leafed to


def week(request: HttpRequest) -> HttpResponse:
    """One week: who is on, how many by the hour, and where nobody is."""
    monday = _monday(request.GET.get("week", ""))
    context = {
        "monday": monday,
        "sunday": monday + timedelta(days=6),
        "before": monday - WEEK,
        "after": monday + WEEK,
        "days": queries.days(
            first=monday,
            count=7,
            zone=program_zone(),
            shifts=queries.standing_shifts(now=now()).filter(peer__in=_peers(request).values("pk")),
        ),
        "zone": program_zone().key,
    }
    return render(request, "rota/week.html", context)


def add(request: HttpRequest) -> HttpResponse:
    """Put a peer on the rota."""
    initial = {"from_day": request.GET.get("day", ""), "until_day": request.GET.get("day", "")}
    form = ShiftForm(request.POST or None, peers=_peers(request), initial=initial)
    if request.method == "POST" and form.is_valid() and _kept(request, form, None):
        return _to_week_of(form)
    return render(request, "rota/add.html", {"form": form, "zone": program_zone().key})


def change(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Change a shift."""
    shift = get_object_or_404(Shift.objects.select_related("peer"), pk=shift_id)
    form = (
        ShiftForm(request.POST, peers=_peers(request))
        if request.method == "POST"
        else ShiftForm.of(shift, peers=_peers(request))
    )
    if request.method == "POST" and form.is_valid() and _kept(request, form, shift):
        return _to_week_of(form)
    context = {"form": form, "shift": shift, "zone": program_zone().key}
    return render(request, "rota/change.html", context)


def remove(request: HttpRequest, shift_id: UUID) -> HttpResponse:
    """Ask once more, then take a shift off the rota."""
    shift = get_object_or_404(Shift.objects.select_related("peer"), pk=shift_id)
    if request.method != "POST":
        return render(request, "rota/remove.html", {"shift": shift})
    day = timezone.localtime(shift.start).date()
    try:
        actions.remove_shift(shift=shift, by=member(request), now=now())
    except WouldStrand as why:
        context = {"shift": shift, "stranded": why.span}
        return render(request, "rota/remove.html", context, status=409)
    return redirect(_week_url(day))


def _peers(request: HttpRequest) -> QuerySet[Peer]:
    theirs = peers_of(member(request)).values("pk")
    return Peer.objects.enrolled(at=now()).filter(pk__in=theirs)


def _kept(request: HttpRequest, form: ShiftForm, shift: Shift | None) -> bool:
    try:
        if shift is None:
            actions.add_shift(**form.shift(), by=member(request), now=now())
        else:
            actions.change_shift(shift=shift, **form.shift(), by=member(request), now=now())
    except actions.Clash as clash:
        start = timezone.localtime(clash.other.start)
        sentence = _("This peer has a shift from %(start)s already. Change that one, or the times.")
        form.add_error("peer", sentence % {"start": date_format(start, "SHORT_DATETIME_FORMAT")})
        return False
    except actions.NotServing:
        form.add_error("peer", _("Only an enrolled peer can be on the rota."))
        return False
    except WouldStrand as why:
        form.add_error(None, refusal(why.span))
        return False
    return True


def _to_week_of(form: ShiftForm) -> HttpResponse:
    return redirect(_week_url(form.cleaned_data["from_day"]))


def _week_url(day: date) -> str:
    return f"{reverse('rota')}?week={day.isoformat()}#{day.isoformat()}"


def _monday(asked: str) -> date:
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        day = today()
    if abs(day - today()) > FAR * WEEK:
        day = today()
    return day - timedelta(days=day.weekday())
