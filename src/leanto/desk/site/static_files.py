"""The desk's own static files, in one piece: they are few and small."""

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class StaticFiles(WhiteNoiseMiddleware):
    """WhiteNoise, whose streamed answers Django would have to thread through when served by ASGI."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """The file as one body, with the headers WhiteNoise decided on."""
        response = static_file.get_response(request.method, request.META)
        body = response.file.read() if response.file is not None else b""
        return HttpResponse(body, status=response.status, headers=dict(response.headers))
