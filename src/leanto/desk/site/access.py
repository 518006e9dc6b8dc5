"""Who may enter: every URL of the desk is a `door` that says so and holds to it."""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from http.client import NO_CONTENT

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from leanto.desk.people.models import Staff
from leanto.desk.site.configuration import configuration
from leanto.desk.site.problems import refused

type View = Callable[..., HttpResponseBase]


class Access(StrEnum):
    """Who a door opens for."""

    PUBLIC = "public"
    WITH_LINK = "with_link"  # a one-time link, checked by the view
    ENTERING = "entering"  # signed in, second step perhaps not yet set up
    STAFF = "staff"  # signed in with a second step
    COORDINATOR = "coordinator"
    WITH_CARD = "with_card"
    WITH_INVITATION = "with_invitation"
    WITH_PEER_KEY = "with_peer_key"


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
    if access is Access.COORDINATOR and user.role != user.Role.COORDINATOR:
        raise PermissionDenied
    return None


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
