"""Who may enter: every URL of the desk is a `door` that says so and holds to it."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from http.client import NO_CONTENT

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from leanto.desk.people.models import Staff
from leanto.desk.roster.remits import is_for_all, looks_after, peers_of
from leanto.desk.site.configuration import configuration
from leanto.desk.site.problems import refused

type View = Callable[..., HttpResponseBase]


class Access(StrEnum):
    """Who a door opens for."""

    PUBLIC = "public"
    WITH_LINK = "with_link"  # a one-time link, checked by the view
    ENTERING = "entering"  # signed in, second step perhaps not yet set up
    STAFF = "staff"  # signed in with a second step
    COORDINATOR = "coordinator"  # who looks after the whole program
    AGENCY_COORDINATOR = "agency_coordinator"  # any; one of single agencies for their people alone
    WITH_CARD = "with_card"
    WITH_INVITATION = "with_invitation"
    WITH_PEER_KEY = "with_peer_key"


COORDINATORS = {Access.COORDINATOR, Access.AGENCY_COORDINATOR}
OPEN = {Access.PUBLIC, Access.WITH_LINK}
NAMELESS = {Access.WITH_CARD, Access.WITH_INVITATION, Access.WITH_PEER_KEY}


def door(route: str, view: View, *, name: str, access: Access) -> URLPattern:
    """A URL that states its access and holds to it; there is no other way to make one here.

    Nameless doors (`with_…`) are for pockets: POST only, no session, no cookie read or set, and
    answers for the pocket's origin alone. Whether the body opens them, the view decides.
    """
    guarded = _nameless(view) if access in NAMELESS else _guarded(view, access)
    guarded.access = access  # type: ignore[attr-defined]  # read by the wall test of routes
    return path(route, guarded, name=name)


def member(request: HttpRequest) -> Staff:
    """The member of staff behind a request that came in by a staff door."""
    if not isinstance(request.user, Staff):
        raise PermissionDenied
    return request.user


def _guarded(view: View, access: Access) -> View:
    @wraps(view)
    def entered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        refusal = None if access in OPEN else _refusal(request, access)
        if refusal is None and access is Access.AGENCY_COORDINATOR:
            _hold_to_remit(member(request), kwargs)
        return refusal or view(request, *args, **kwargs)

    return entered


def _refusal(request: HttpRequest, access: Access) -> HttpResponseBase | None:
    user = request.user
    if isinstance(user, AnonymousUser):
        return redirect_to_login(request.get_full_path())
    if access is Access.ENTERING:
        return None
    if not user.has_second_step():
        return redirect("mfa_activate_totp")
    if access in COORDINATORS and user.role != user.Role.COORDINATOR:
        raise PermissionDenied
    if access is Access.COORDINATOR and not is_for_all(user):
        raise PermissionDenied
    return None


def _hold_to_remit(user: Staff, named: dict[str, object]) -> None:
    """Whom a path names must be theirs; a path that names anything else is not for them."""
    if is_for_all(user):
        return
    theirs = {
        "peer_id": lambda key: looks_after(user, key),
        "shift_id": lambda key: peers_of(user).filter(shifts=key).exists(),
    }
    for name, key in named.items():
        if name not in theirs or not theirs[name](key):
            raise Http404


def _nameless(view: View) -> View:
    @csrf_exempt
    @wraps(view)
    def entered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        request.COOKIES.clear()
        request.user = AnonymousUser()
        if request.method == "OPTIONS":
            return _for_the_pocket(HttpResponse(status=204))
        if request.method != "POST":
            shut = refused("wrong-method")
            shut.headers["Allow"] = "POST"
            return _for_the_pocket(shut)
        return _for_the_pocket(view(request, *args, **kwargs))

    return entered


def _for_the_pocket(response: HttpResponseBase) -> HttpResponseBase:
    if response.status_code == NO_CONTENT:
        del response.headers["Content-Type"]  # Django names one even where there is nothing
    response.headers["Access-Control-Allow-Origin"] = configuration().pocket
    response.headers["Access-Control-Allow-Headers"] = "content-type"
    response.headers["Access-Control-Allow-Methods"] = "POST"
    response.headers["Access-Control-Expose-Headers"] = "retry-after"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Vary"] = "Origin"
    return response
