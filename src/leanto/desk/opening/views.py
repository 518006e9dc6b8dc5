"""The list that opens the program, a page for each thing a person says on it, and opening."""

import secrets

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from leanto.desk.opening import actions, facts, queries
from leanto.desk.opening.forms import CODE_DIGITS, CodeForm, ConfirmForm, DayForm
from leanto.desk.opening.letter import send_code
from leanto.desk.opening.matters import WHO, mail_matter, matters
from leanto.desk.opening.models import Confirmed
from leanto.desk.opening.rows import rows
from leanto.desk.opening.words import WORDS
from leanto.desk.site.access import member
from leanto.desk.site.clock import now, today
from leanto.mail.sending import MailNotTaken
from leanto.rules.opening import Step

CODE = "opening-mail-code"


def opening(request: HttpRequest) -> HttpResponse:
    """Every step in order: green, or what to do, why, who does it and where."""
    return _page(request)


def confirm(request: HttpRequest, name: str) -> HttpResponse:
    """Write down who looked at what."""
    step = next((one for one in WHO if one.value == name), None)
    if step is None:
        raise Http404
    form = ConfirmForm(
        request.POST or None,
        asked=matters(step),
        who=WHO[step],
        today=today(),
        kept=_kept() if step is Step.SHEETS else None,
        initial={"on": today()},
    )
    if request.method == "POST" and form.is_valid():
        actions.confirm(step=step, **form.cleaned_data, by=member(request), now=now())
        return redirect("opening")
    context = {"form": form, "words": WORDS[step], "asked": matters(step)}
    return render(request, "opening/confirm.html", context)


def take_back(request: HttpRequest, confirmed_id: str) -> HttpResponse:
    """Ask once more, then take one person's word back."""
    confirmed = get_object_or_404(Confirmed, pk=confirmed_id)
    if request.method == "POST":
        actions.take_back(confirmed=confirmed, by=member(request), now=now())
        return redirect("opening")
    return render(request, "opening/take_back.html", {"confirmed": confirmed})


def test_mail(request: HttpRequest) -> HttpResponse:
    """Send a letter with a code to whoever asks; the code typed back proves that mail arrives."""
    form = CodeForm(request.POST if "code" in request.POST else None)
    trouble = False
    if request.method == "POST" and "code" not in request.POST:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
        try:
            send_code(to=member(request).email, code=code)
            request.session[CODE] = code
        except MailNotTaken:
            trouble = True
    elif request.method == "POST" and form.is_valid():
        if form.cleaned_data["code"] == request.session.get(CODE):
            actions.confirm_mail(by=member(request), now=now())
            del request.session[CODE]
            return redirect("opening")
        form.add_error("code", _("This is not the code of the last letter."))
    context = {
        "form": form,
        "configured": mail_matter() is not None,
        "sent": CODE in request.session,
        "trouble": trouble,
        "address": member(request).email,
    }
    return render(request, "opening/mail.html", context)


def set_day(request: HttpRequest) -> HttpResponse:
    """Choose the day on which officers may ask."""
    form = DayForm(request.POST or None, initial={"day": queries.opens_on()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_day(day=form.cleaned_data["day"], by=member(request), now=now())
        except actions.NotYet as refusal:
            form.add_error("day", str(refusal))
        else:
            return redirect("opening")
    return render(request, "opening/day.html", {"form": form})


def open_program(request: HttpRequest) -> HttpResponse:
    """Open, if everything is green and the day has come; else the list again, with why not."""
    if request.method != "POST":
        return redirect("opening")
    try:
        actions.open_program(by=member(request), now=now())
    except actions.NotYet as refusal:
        return _page(request, refusal=str(refusal))
    return redirect("opening")


def _page(request: HttpRequest, refusal: str = "") -> HttpResponse:
    steps = rows(now=now())
    context = {
        "rows": steps,
        "all_green": all(one.green for one in steps),
        "is_open": queries.is_open(),
        "opens_on": queries.opens_on(),
        "refusal": refusal,
    }
    return render(request, "opening/opening.html", context)


def _kept() -> dict[str, str]:
    return {one.matter: one.who for one in facts.holding(Step.SHEETS, today=today())}
