"""Doors for peers' pockets, and the coordinator's steps."""

from base64 import b64encode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from leanto.desk.bulletin.queries import NotReady, pinned_fingerprint
from leanto.desk.enrolment import actions, queries
from leanto.desk.enrolment.forms import VouchForm, WordsForm
from leanto.desk.enrolment.models import Enrolment
from leanto.desk.enrolment.printed import invitation_pdf, qr
from leanto.desk.enrolment.saying import say_standing
from leanto.desk.nameless import body_view
from leanto.desk.roster.models import Peer
from leanto.desk.site.access import member
from leanto.desk.site.clock import now
from leanto.desk.site.configuration import configuration
from leanto.rules.weeks import day_of
from leanto.wire.cards import Invitation
from leanto.wire.enrolment import BundlesBody, HandIn, StandingBody, StateAsked

LONGEST_BYTES = 65_536
"""Five bundles and every shared item fit many times over."""


def _hand_in(body: bytes) -> bytes:
    actions.hand_in(body=HandIn.read(body), today=day_of(now()))
    return b""


def _state(body: bytes) -> bytes:
    return queries.state(StateAsked.read(body).invitation, now=now()).write()


def _bundles(body: bytes) -> bytes:
    actions.hand_in_bundles(body=BundlesBody.read(body), now=now())
    return b""


def _standing(body: bytes) -> bytes:
    say_standing(body=StandingBody.read(body), now=now())
    return b""


hand_in = body_view(_hand_in, longest_bytes=LONGEST_BYTES)
state = body_view(_state, longest_bytes=StateAsked.SIZE)
bundles = body_view(_bundles, longest_bytes=LONGEST_BYTES)
standing = body_view(_standing, longest_bytes=StandingBody.SIZE)


def invite(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """Say what an invitation does; after the form, show it this once."""
    peer = get_object_or_404(Peer, pk=peer_id)
    if request.method != "POST":
        return render(request, "enrolment/invite.html", {"peer": peer})
    try:
        invitation = actions.invite(peer=peer, by=member(request), now=now())
    except actions.NotNow as reason:
        return _not_now(request, peer, reason)
    printed = Invitation(invitation, pinned_fingerprint())
    link = printed.link(pocket_origin=configuration().pocket)
    papers = {
        f"paper_{language}": b64encode(invitation_pdf(peer, link, language)).decode("ascii")
        for language, _name in settings.LANGUAGES
    }
    context = {"peer": peer, "link": link, "qr": qr(link), "days": actions.INVITATION_DAYS}
    return render(request, "enrolment/invitation.html", context | papers)


def withdraw(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """Ask once more, then end the invitation under way."""
    peer = get_object_or_404(Peer, pk=peer_id)
    if request.method == "POST":
        actions.withdraw(peer=peer, by=member(request), now=now())
        return redirect("peer", peer.pk)
    return render(request, "enrolment/withdraw.html", {"peer": peer})


def turn_keys_off(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """Ask once more, then end the keys of a lost phone now."""
    peer = get_object_or_404(Peer, pk=peer_id)
    if request.method != "POST":
        return render(request, "enrolment/off.html", {"peer": peer})
    try:
        actions.turn_keys_off(peer=peer, by=member(request), now=now())
    except actions.NotNow as reason:
        return _not_now(request, peer, reason)
    return redirect("peer", peer.pk)


def words(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """The six words, large, to be read to each other by voice."""
    peer = get_object_or_404(Peer, pk=peer_id)
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_words(peer=peer, by=member(request), now=now())
        except actions.NotNow as reason:
            return _not_now(request, peer, reason)
        return redirect("peer", peer.pk)
    panel = queries.panel(peer=peer, now=now())
    return render(request, "enrolment/words.html", {"peer": peer, "form": form, "panel": panel})


def vouch_request(request: HttpRequest, peer_id: UUID) -> HttpResponse:
    """The vouch request, as a file to carry to the key holder."""
    peer = get_object_or_404(Peer, pk=peer_id)
    enrolment = get_object_or_404(
        Enrolment.objects.filter(peer=peer, state=Enrolment.State.CONFIRMED)
    )
    text = actions.vouch_request(enrolment=enrolment)
    answer = HttpResponse(text, content_type="text/plain; charset=us-ascii")
    answer.headers["Content-Disposition"] = 'attachment; filename="vouch-request.txt"'
    return answer


def vouch(request: HttpRequest) -> HttpResponse:
    """Take what the key holder signed; it is verified before it is stored."""
    form = VouchForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            peer = actions.store_vouch(
                text=form.cleaned_data["sheet"], by=member(request), now=now()
            )
        except (actions.NotNow, NotReady) as reason:
            form.add_error(None, str(reason))
        else:
            return redirect("peer", peer.pk)
    return render(request, "enrolment/vouch.html", {"form": form})


def _not_now(request: HttpRequest, peer: Peer, reason: Exception) -> HttpResponse:
    context = {"peer": peer, "reason": str(reason)}
    return render(request, "enrolment/not_now.html", context, status=409)
