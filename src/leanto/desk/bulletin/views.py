"""Pages about the bulletin and the charter."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from leanto.desk.bulletin import actions, queries
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


def charter(request: HttpRequest) -> HttpResponse:
    """The charter in force, and bringing in the next one."""
    form = VouchForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.install_charter(text=form.cleaned_data["sheet"], by=member(request), now=now())
        except actions.CharterRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("bulletin")
    state = queries.state(today=day_of(now()))
    return render(request, "bulletin/charter.html", {"form": form, "state": state})


def charter_request(request: HttpRequest) -> HttpResponse:
    """The request for the next charter, as a file to carry to the key holder."""
    try:
        held = queries.charter()
    except queries.NotReady:
        return redirect("charter")
    text = actions.charter_request(receipt_key=held.receipt_key, now=now())
    answer = HttpResponse(text, content_type="text/plain; charset=us-ascii")
    answer.headers["Content-Disposition"] = 'attachment; filename="charter-request.txt"'
    return answer
