"""Cover now and ahead."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from leanto.desk.cover import queries
from leanto.desk.cover.forms import WantedForm
from leanto.desk.rota.actions import set_wanted
from leanto.desk.rota.models import WantedOnDuty
from leanto.desk.site.access import member
from leanto.desk.site.clock import now, program_zone

DAYS_OPEN = 3


def cover(request: HttpRequest) -> HttpResponse:
    """Who is there now, how many by the hour in two weeks, and what is wrong with it."""
    found = queries.cover(now=now())
    context = {
        "cover": found,
        "near": found.days[:DAYS_OPEN],
        "far": found.days[DAYS_OPEN:],
        "wanted": _wanted(),
        "zone": program_zone().key,
        "mail_configured": queries.mail_configured(),
        "mail_trouble": queries.mail_trouble(),
    }
    return render(request, "cover/cover.html", context)


def wanted(request: HttpRequest) -> HttpResponse:
    """Say how many should be on duty."""
    row = _wanted()
    form = WantedForm(
        request.POST or None, initial={"by_day": row.by_day, "by_night": row.by_night}
    )
    if request.method == "POST" and form.is_valid():
        set_wanted(**form.cleaned_data, by=member(request), now=now())
        return redirect("cover")
    return render(request, "cover/wanted.html", {"form": form})


def _wanted() -> WantedOnDuty:
    return WantedOnDuty.objects.first() or WantedOnDuty()
