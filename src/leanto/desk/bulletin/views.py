"""Pages about the bulletin and the charter."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from leanto.desk.bulletin import actions, continuing, queries, rehearsing, renewal
from leanto.desk.bulletin.forms import RenewalForm
from leanto.desk.bulletin.mailroom import Unreachable
from leanto.desk.enrolment import renewing
from leanto.desk.enrolment.forms import VouchForm
from leanto.desk.site.access import member
from leanto.desk.site.clock import now
from leanto.rules.weeks import day_of


def bulletin(request: HttpRequest) -> HttpResponse:
    """What officers' devices are told now, in words; and a button to tell them again."""
    problem = ""
    if request.method == "POST":
        try:
            actions.publish(now=now(), by=member(request))
        except queries.NotReady as missing:
            problem = str(missing)
        else:
            return redirect("bulletin")
    context = {"problem": problem, "state": queries.state(today=day_of(now()))}
    return render(request, "bulletin/bulletin.html", context)


def go_on(request: HttpRequest) -> HttpResponse:
    """Say what going on after the mailroom's newest bulletin does; then do it."""
    if request.method == "POST":
        try:
            continuing.continue_after_mailroom(by=member(request), now=now())
        except Unreachable:
            problem = _("The mailroom cannot be reached. Nothing was changed.")
        except (queries.NotReady, actions.CharterRefused) as reason:
            problem = str(reason)
        else:
            return redirect("bulletin")
        return render(request, "bulletin/go_on.html", {"problem": problem}, status=409)
    return render(request, "bulletin/go_on.html")


def charter(request: HttpRequest) -> HttpResponse:
    """What the key holder must sign anew, and bringing in what they signed."""
    form = RenewalForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet = form.cleaned_data["sheet"]
            renewal.install_signed(text=sheet, by=member(request), now=now())
        except (actions.CharterRefused, queries.NotReady) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("bulletin")
    context = {
        "form": form,
        "state": queries.state(today=day_of(now())),
        "due": renewing.due(now=now()),
        "fresh_key_waits": queries.fresh_key_waits(),
    }
    return render(request, "bulletin/charter.html", context)


def renewal_request(request: HttpRequest) -> HttpResponse:
    """The request for the next charter and vouches, as a file to carry to the key holder."""
    try:
        text = renewal.renewal_request(now=now())
    except queries.NotReady:
        return redirect("charter")
    return _file(text, "renewal-request.txt")


def retire_key(request: HttpRequest) -> HttpResponse:
    """Say what a fresh key is for; after the form it waits for the next charter."""
    if request.method == "POST":
        with suppress(queries.NotReady):  # before the first charter every key is fresh
            renewal.retire_bulletin_key(by=member(request), now=now())
        return redirect("charter")
    return render(request, "bulletin/retire_key.html")


def rehearsal(request: HttpRequest) -> HttpResponse:
    """Which off-line keys were brought back from paper, and bringing in what shows it."""
    form = VouchForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            rehearsing.store_rehearsal(
                text=form.cleaned_data["sheet"], by=member(request), now=now()
            )
        except (rehearsing.RehearsalRefused, queries.NotReady) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("rehearsal")
    with suppress(queries.NotReady):
        roles, shown = queries.keys_to_rehearse(), queries.rehearsed()
        context = {
            "form": form,
            "roles": [(role.label, shown.get(role)) for role in roles],
            "successor": queries.KeyRole.SUCCESSOR in roles,
        }
        return render(request, "bulletin/rehearsal.html", context)
    return render(request, "bulletin/rehearsal.html")


def rehearsal_request(request: HttpRequest) -> HttpResponse:
    """What both key holders sign with the key on their sheet, as a file."""
    try:
        text = rehearsing.rehearsal_request(now=now())
    except queries.NotReady:
        return redirect("rehearsal")
    return _file(text, "rehearsal-request.txt")


def _file(text: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/plain; charset=us-ascii")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
