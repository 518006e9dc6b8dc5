"""A careless proxy: it answers, and hands on none of the headers that protect a page."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.harness.net import LOOPBACK


@contextmanager
def without_headers() -> Iterator[str]:
    """The origin at which everything is answered with an empty page."""

    class Careless(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing on our screen."""

    with ThreadingHTTPServer((LOOPBACK, 0), Careless) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://leanto.localhost:{server.server_address[1]}"
        server.shutdown()
