"""Home, and what we hold."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from leanto.desk.bulletin import queries as bulletins
from leanto.desk.cover.queries import spoken_alarms
from leanto.desk.pages import holdings, queries
from leanto.desk.roster.remits import is_for_all
from leanto.desk.site.access import member
from leanto.desk.site.clock import now, program_zone
from leanto.rules.weeks import day_of

GAPS_SHOWN = 5


def home(request: HttpRequest) -> HttpResponse:
    """Tonight's cover, gaps ahead, and what to do next."""
    if not is_for_all(member(request)):
        return redirect("peers")
    cover = queries.cover(now=now(), zone=program_zone())
    context = {
        "cover": cover,
        "day": cover.tonight.start.astimezone(program_zone()).date(),
        "gaps": cover.gaps_ahead[:GAPS_SHOWN],
        "more_gaps": len(cover.gaps_ahead[GAPS_SHOWN:]),
        "bulletin": bulletins.state(today=day_of(now())),
        "alarms": spoken_alarms(now=now()),
        "steps": queries.next_steps(now=now()),
    }
    return render(request, "pages/home.html", context)


def what_we_hold(request: HttpRequest) -> HttpResponse:
    """All that the program could be made to hand over: live tables here, the list elsewhere."""
    elsewhere = holdings.elsewhere()
    context = {
        "tables": holdings.tables(),
        "mailroom": elsewhere["mailroom"],
        "notifier": elsewhere["notifier"],
        "files": elsewhere["files"],
    }
    return render(request, "pages/what_we_hold.html", context)
