"""Who may open which page of the desk: stated at each URL, and true."""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, path

from leanto.desk.roster.models import Agency
from leanto.desk.site.access import COORDINATORS, NAMELESS, Access
from leanto.desk.site.configuration import configuration
from tests.harness.staff import browser_of, member, member_with_second_step

EXAMPLES = {
    "uuid": "00000000-0000-4000-8000-000000000000",
    "str": "guess",
    "slug": "guess",
    "int": "1",
}
SIGNED_IN = {Access.STAFF, *COORDINATORS, Access.ENTERING}
QUIET = {
    "Content-Security-Policy": "default-src 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
}


def routes(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, URLPattern]]:
    """Every URL of the desk with an example path."""
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        else:
            for name, converter in entry.pattern.converters.items():
                kind = type(converter).__name__.removesuffix("Converter").lower()
                kind = {"string": "str"}.get(kind, kind)
                route = route.replace(f"<{kind}:{name}>", EXAMPLES[kind])
            yield route, entry


def access_of(entry: URLPattern) -> Access | None:
    """What this URL states about who may enter."""
    stated = getattr(entry.callback, "access", None)
    return stated if isinstance(stated, Access) else None


ALL = [(route, entry.name, access_of(entry)) for route, entry in routes(get_resolver())]
every_route = pytest.mark.parametrize(("route", "name", "access"), ALL, ids=[r[0] for r in ALL])


def leads_to(response: HttpResponseBase, page: str) -> bool:
    """Whether the answer sends the browser to this page."""
    return response.status_code == HTTPStatus.FOUND and response["Location"].startswith(page)


@every_route
def test_each_route_states_who_may_enter(route: str, name: str, access: Access | None) -> None:
    """A page without a stated access would be a page nobody thought about."""
    assert access is not None, f"{name} ({route}) is not a door"


def test_the_desk_has_the_doors_of_its_list_and_no_other() -> None:
    """A new page is decided on in two places, and seen by whoever reads the change."""
    listed = Path(__file__).with_name("desk_doors.txt").read_text("utf-8").splitlines()
    assert [line for line in listed if not line.startswith("#")] == sorted(
        f"{access} {route}" for route, _, access in ALL
    )


def test_a_route_without_access_is_found() -> None:
    """The check above fails for a URL made without `door`."""

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.path)

    assert access_of(path("bare/", bare)) is None


@pytest.mark.django_db
@every_route
def test_nobody_comes_in(route: str, name: str, access: Access) -> None:
    """Max, without an account, sees the sign-in page and nothing else."""
    if access in SIGNED_IN:
        for response in (Client().get(route), Client().post(route)):
            assert leads_to(response, "/sign-in/"), name


@pytest.mark.django_db
@every_route
def test_a_password_alone_opens_nothing(route: str, name: str, access: Access) -> None:
    """Until the second step is set up, every page leads to setting it up."""
    if access in {Access.STAFF, *COORDINATORS}:
        browser = browser_of(member())
        for response in (browser.get(route), browser.post(route)):
            assert leads_to(response, "/second-step/"), name


@pytest.mark.django_db
@every_route
def test_another_role_is_refused(route: str, name: str, access: Access) -> None:
    """Being staff is not being a coordinator."""
    if access in COORDINATORS:
        browser = browser_of(member_with_second_step("Dev Rao", role="clinician"))
        for response in (browser.get(route), browser.post(route)):
            assert response.status_code == HTTPStatus.FORBIDDEN, name


@pytest.mark.django_db
@every_route
def test_a_coordinator_of_one_agency_opens_no_page_of_the_whole_program(
    route: str, name: str, access: Access
) -> None:
    """What is not said to be for them too is closed, and so is everybody else's peer or shift."""
    if access not in COORDINATORS:
        return
    fay = member_with_second_step("Fay Lind")
    fay.remits.create(agency=Agency.objects.create(code="harlow-pd", name="Harlow"))
    answers = [browser_of(fay).get(route), browser_of(fay).post(route)]
    if access is Access.COORDINATOR:
        assert {one.status_code for one in answers} == {HTTPStatus.FORBIDDEN}, name
    elif EXAMPLES["uuid"] in route:
        assert {one.status_code for one in answers} == {HTTPStatus.NOT_FOUND}, name


@pytest.mark.django_db
@every_route
def test_a_coordinator_gets_an_answer(route: str, name: str, access: Access) -> None:
    """Cleo's pages work, or say plainly that there is no such thing; none breaks or is stored."""
    if access in NAMELESS:
        return
    response = browser_of(member_with_second_step()).get(route)
    assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, name
    for header, expected in QUIET.items():
        assert expected in response.headers[header], (name, header)


@pytest.mark.django_db
@every_route
def test_a_forged_form_is_refused(route: str, name: str, access: Access) -> None:
    """A page elsewhere cannot make Cleo's browser change anything."""
    if access in NAMELESS:
        return
    browser = browser_of(member_with_second_step(), enforce_csrf_checks=True)
    response = browser.post(route)
    assert response.status_code == HTTPStatus.FORBIDDEN, name
    assert "expired" in response.content.decode()


@pytest.mark.django_db
@every_route
def test_nameless_doors_know_no_cookie(route: str, name: str, access: Access) -> None:
    """A pocket is nobody here: a session sent along is not looked at, and none is given."""
    if access not in NAMELESS:
        return
    browser = browser_of(member_with_second_step(), enforce_csrf_checks=True)
    answers = [
        pocket.post(route, data=b"", content_type="application/octet-stream")
        for pocket in (browser, Client())
    ]
    assert answers[0].content == answers[1].content
    for answer in answers:
        assert answer.headers["Content-Type"] == "application/problem+json", name
        assert not answer.cookies
        assert answer.headers["Access-Control-Allow-Origin"] == configuration().pocket
        assert "Access-Control-Allow-Credentials" not in answer.headers
    assert browser.get(route).status_code == HTTPStatus.METHOD_NOT_ALLOWED
