"""Pages about cards, and drawing."""

from base64 import b64encode
from threading import BoundedSemaphore

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from leanto.desk.admission import actions
from leanto.desk.admission.carrying import carry_box
from leanto.desk.admission.forms import BoxForm, CardForm, CarriedForm
from leanto.desk.admission.keys import key_folder
from leanto.desk.admission.kit import SHEETS, kit_pdf
from leanto.desk.admission.models import Box
from leanto.desk.admission.printing import PAPERS, Printed, for_mail_merge, on_paper
from leanto.desk.directory.queries import NothingChosen
from leanto.desk.nameless import Refused, body_view
from leanto.desk.pages.refusals import not_yet
from leanto.desk.site.access import member
from leanto.desk.site.clock import now
from leanto.rules.weeks import day_of
from leanto.wire.draws import Draw

SIGNING_AT_ONCE = 2
WAIT_SECONDS = 3.0
_signing = BoundedSemaphore(SIGNING_AT_ONCE)


class TooBusy(Refused):
    """More draws at once than this machine signs; nothing was counted."""

    problem = "too-busy"


def _draw(body: bytes) -> bytes:
    request = Draw.read(body)
    if not _signing.acquire(timeout=WAIT_SECONDS):
        raise TooBusy
    try:
        return actions.draw(request=request, folder=key_folder(), today=day_of(now())).write()
    finally:
        _signing.release()


draw = body_view(_draw, longest_bytes=Draw.SIZE)


def boxes(request: HttpRequest) -> HttpResponse:
    """Every box of cards: how many, until when, taken back or not. Not who got one."""
    return render(request, "admission/boxes.html", {"boxes": Box.objects.all()})


def make(request: HttpRequest) -> HttpResponse:
    """Make a box and give its cards, this once: the answer to the form carries the files itself."""
    form = BoxForm(request.POST or None, initial=BoxForm.usual(today=now().date()))
    if request.method == "POST" and form.is_valid():
        try:
            box = actions.make_box(
                **form.cleaned_data, folder=key_folder(), by=member(request), now=now()
            )
        except actions.BoxRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return render(request, "admission/made.html", _once(box))
    return render(request, "admission/make.html", {"form": form})


def kit(request: HttpRequest, name: str) -> HttpResponse:
    """A poster, a wallet card or the talk for roll call, such as `poster-es`, to print."""
    sheet, _dash, language = name.partition("-")
    if sheet not in SHEETS or language not in dict(settings.LANGUAGES):
        raise Http404
    try:
        made = kit_pdf(sheet, language=language)
    except NothingChosen as missing:
        return not_yet(request, str(missing))
    answer = HttpResponse(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer


def carried(request: HttpRequest, number: int) -> HttpResponse:
    """Write down who carries a box, and where to."""
    box = get_object_or_404(Box.objects.filter(for_watch=False, revoked=False), pk=number)
    form = CarriedForm(request.POST or None, initial=CarriedForm.last(box, today=now().date()))
    if request.method == "POST" and form.is_valid():
        carry_box(number=number, **form.cleaned_data, by=member(request), now=now())
        return redirect("boxes")
    return render(request, "admission/carried.html", {"box": box, "form": form})


def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Ask once more, then take a whole box back."""
    box = get_object_or_404(Box, pk=number)
    if request.method == "POST":
        actions.revoke_box(number=number, by=member(request), now=now())
        return redirect("boxes")
    return render(request, "admission/revoke.html", {"box": box})


def revoke_card(request: HttpRequest) -> HttpResponse:
    """Take back the one card that was found or handed over, by what is printed on it."""
    form = CardForm(request.POST or None)
    box_number = None
    if request.method == "POST" and form.is_valid():
        try:
            box_number = actions.revoke_card(
                code=form.cleaned_data["card"].code,
                folder=key_folder(),
                by=member(request),
                now=now(),
            )
        except actions.CardUnknown:
            form.add_error("card", _("No card of this program, or taken back already."))
    context = {"form": form, "box_number": box_number}
    return render(request, "admission/revoke_card.html", context)


def _once(box: actions.NewBox) -> dict[str, object]:
    """The box and its files, as links that hold what they give: no other door gives it again."""
    files = {paper: _held(on_paper(box, paper=paper)) for paper in PAPERS}
    return {"box": box, **files, "mail_merge": _held(for_mail_merge(box))}


def _held(file: Printed) -> dict[str, str]:
    content = b64encode(file.content).decode("ascii")
    return {"name": file.name, "href": f"data:{file.media_type};base64,{content}"}
