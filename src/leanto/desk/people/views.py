"""Pages by which staff come in, and by which they bring in others."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import PasswordChangeView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.people import actions, leaving, queries
from leanto.desk.people.forms import InviteForm, WelcomeForm
from leanto.desk.people.models import Invitation, Staff
from leanto.desk.site.access import member
from leanto.desk.site.clock import now
from leanto.desk.site.configuration import configuration

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """A new member sets a password, and goes on to the second step."""
    try:
        invitation = actions.open_invitation(token=token, now=now())
        form = WelcomeForm(request.POST or None, staff=_future_staff(invitation))
        if request.method == "POST" and form.is_valid():
            return _join(request, token=token, password=form.cleaned_data["password"])
    except (actions.InvitationUnknown, actions.AlreadyStaff) as refusal:
        return _closed(request, refusal)
    return render(request, "people/welcome.html", {"form": form, "invitation": invitation})


def staff(request: HttpRequest) -> HttpResponse:
    """Who runs the program, and a form to invite one more."""
    form = InviteForm(request.POST or None)
    link = None
    if request.method == "POST" and form.is_valid():
        link = _invite(request, form)
    context = {
        "everyone": queries.everyone(),
        "invitations": queries.open_invitations(now=now()),
        "form": InviteForm() if link else form,
        "link": link,
    }
    return render(request, "people/staff.html", context)


def reset(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Let somebody who lost app, codes or password come in anew."""
    return _asked_first(request, person_id, act=_reset, template="people/reset.html")


def close(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Close the account of somebody who left."""
    return _asked_first(request, person_id, act=_close, template="people/close.html")


class SetUpSecondStep(ActivateTOTPView):  # type: ignore[misc]  # the library has no types
    """The authenticator app, set up once; then the recovery codes, shown once."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send on who has a second step already."""
        if isinstance(request.user, Staff) and request.user.has_second_step():
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[no-any-return]  # as above

    def form_valid(self, form: Any) -> HttpResponse:
        """Keep the second step and write down that it was set up, or neither."""
        return _recorded(super().form_valid, form, act=Act.SET_UP_SECOND_STEP, view=self)


class MakeRecoveryCodes(GenerateRecoveryCodesView):  # type: ignore[misc]  # the library has no types
    """New recovery codes; the old ones stop working."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the codes and write down that they were made, or neither."""
        return _recorded(super().form_valid, form, act=Act.MADE_RECOVERY_CODES, view=self)


class ChangePassword(PasswordChangeView):  # type: ignore[misc]  # the library has no types
    """A new password; every other browser is signed out by it."""

    def get_success_url(self) -> str:
        """Back to one's own account."""
        return reverse("mfa_index")

    def form_valid(self, form: Any) -> HttpResponse:
        """Change the password and write down that it was changed, or neither."""
        return _recorded(super().form_valid, form, act=Act.CHANGED_PASSWORD, view=self)


def _asked_first(
    request: HttpRequest,
    person_id: UUID,
    *,
    act: Callable[[HttpRequest, Staff], HttpResponse],
    template: str,
) -> HttpResponse:
    person = get_object_or_404(Staff, pk=person_id, is_active=True)
    if request.method != "POST":
        own = person.pk == member(request).pk
        return render(request, template, {"person": person, "own": own})
    try:
        return act(request, person)
    except leaving.OnesOwnAccount:
        return render(request, template, {"person": person, "own": True}, status=409)


def _reset(request: HttpRequest, person: Staff) -> HttpResponse:
    token = leaving.reset_sign_in(person=person, by=member(request), now=now())
    return render(request, "people/reset.html", {"person": person, "link": _link(token)})


def _close(request: HttpRequest, person: Staff) -> HttpResponse:
    leaving.close_account(person=person, by=member(request), now=now())
    return redirect("staff")


def _link(token: str) -> str:
    return configuration().desk + reverse("welcome", kwargs={"token": token})


def _recorded(proceed: Any, form: Any, *, act: Act, view: Any) -> HttpResponse:
    person = view.request.user
    with transaction.atomic():
        response: HttpResponse = proceed(form)
        record(act=act, on=person.name, by=person, now=now())
    return response


def _future_staff(invitation: Invitation) -> Staff:
    return Staff(name=invitation.name, email=invitation.email)


def _join(request: HttpRequest, *, token: str, password: str) -> HttpResponse:
    member = actions.accept_invitation(token=token, password=password, now=now())
    login(request, member, backend=BACKEND)
    # They typed the password this minute: the next two pages need not ask for it again.
    record_authentication(request, member, method="password", reauthenticated=True)
    return redirect("mfa_activate_totp")


def _closed(request: HttpRequest, refusal: Exception) -> HttpResponse:
    sentences = {
        actions.InvitationUsed: _(
            "This link has been used already; it works only once. If it was you, sign in. If it was"
            " not you, tell a coordinator now."
        ),
        actions.InvitationExpired: _(
            "This link is too old; it works for seven days. Ask a coordinator for a new one."
        ),
        actions.AlreadyStaff: _("There is an account for this e-mail address already. Sign in."),
        actions.InvitationUnknown: _(
            "We do not know this link. Check that you copied all of it, or ask for a new one."
        ),
    }
    sentence = {"sentence": sentences[type(refusal)]}
    return render(request, "people/closed.html", sentence, status=410)


def _invite(request: HttpRequest, form: InviteForm) -> str | None:
    try:
        token = actions.invite_coordinator(
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            agencies=tuple(agency.code for agency in form.cleaned_data["agencies"]),
            by=member(request),
            now=now(),
        )
    except actions.AlreadyStaff:
        form.add_error("email", _("There is an account for this e-mail address already."))
        return None
    return _link(token)
