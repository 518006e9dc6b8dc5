"""The desk's own static files, in one piece: they are few and small."""

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]  # the library has no types
    """WhiteNoise without streaming, for which Django under ASGI would need a thread of its own."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponse:
        """The file as one body, with the headers WhiteNoise decided on."""
        response = static_file.get_response(request.method, request.META)
        body = b""
        if response.file is not None:
            with response.file as file:
                body = file.read()
        return HttpResponse(body, status=response.status, headers=dict(response.headers))
