"""Routes for pockets: bytes in, bytes out, every refusal an RFC 9457 problem."""

import logging
import sqlite3
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve

from leanto.desk.site.access import NAMELESS
from leanto.desk.site.problems import refused
from leanto.wire.errors import WireError, WrongSize

log = logging.getLogger("leanto.desk")

type Answer = Callable[[HttpRequest], HttpResponseBase]


# By SQLite's number, or PostgreSQL's letters.
_SAID_BY_DISK: dict[object, str] = {
    sqlite3.SQLITE_FULL: "store-full",
    sqlite3.SQLITE_IOERR: "store-full",
    sqlite3.SQLITE_READONLY: "store-full",
    sqlite3.SQLITE_BUSY: "too-busy",
    "53100": "store-full",  # disk_full
    "25006": "store-full",  # read_only_sql_transaction
    "55P03": "too-busy",  # lock_not_available
}


class Refused(Exception):
    """A nameless door stays shut. `problem` is the name in spec/problems.md."""

    problem: str


def body_view(
    handle: Callable[[bytes], bytes], *, longest_bytes: int
) -> Callable[[HttpRequest], HttpResponse]:
    """A view of one nameless route.

    `handle` gets the whole body and gives the answer, empty for 204. It raises WireError or
    Refused. Nothing of the request but its body is looked at, and none of it is repeated.
    """

    def view(request: HttpRequest) -> HttpResponse:
        try:
            answer = handle(_body(request, longest_bytes))
        except (WireError, Refused) as refusal:
            return refused(refusal.problem)
        except Exception as fault:  # noqa: BLE001 - the pocket is told; the log hears the class alone
            log.error("%s at a door for pockets", type(fault).__name__)  # noqa: TRY400 - as above
            return refused(_of_the_disk(fault))
        status = 200 if answer else 204
        return HttpResponse(answer, status=status, content_type="application/octet-stream")

    return view


def _of_the_disk(fault: Exception) -> str:
    """Says of a disk that is full or in other hands when to come again; the rest is broken."""
    code = getattr(fault.__cause__, "sqlite_errorcode", 0) & 0xFF
    letters = getattr(fault.__cause__, "sqlstate", None)
    return _SAID_BY_DISK.get(letters or code, "broken")


def _body(request: HttpRequest, longest_bytes: int) -> bytes:
    body = request.read(longest_bytes + 1)
    if len(body) > longest_bytes:
        raise WrongSize(f"longer than {longest_bytes} bytes")
    return body


def before_sessions(get_response: Answer) -> Answer:
    """Middleware that leads pockets past everything that knows cookies.

    A nameless door answers here, before any session, language or account is looked for: whatever
    cookie a browser sends along, the answer is the same, and none is ever set.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return get_response(request)
        if getattr(match.func, "access", None) not in NAMELESS:
            return get_response(request)
        answered: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return answered

    return answer
