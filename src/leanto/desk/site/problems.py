"""A refusal behind a nameless door, as RFC 9457 problem details."""

from django.http import HttpResponse

from leanto.wire.problems import MEDIA_TYPE, PROBLEMS


def refused(name: str) -> HttpResponse:
    """The refusal of that name in spec/problems.md, with nothing of the request in it."""
    problem = PROBLEMS[name]
    response = HttpResponse(problem.write(), status=problem.status, content_type=MEDIA_TYPE)
    if problem.retry_after_seconds is not None:
        response.headers["Retry-After"] = str(problem.retry_after_seconds)
    return response
