"""A push service and a gateway: HTTP servers that check what a real one checks and note what came.

`say` decides the next answers: a status, or "hang" to never answer.
"""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from tests.harness.net import LOOPBACK
from tests.harness.waking.phone import CURVE, decoded

type Say = int | Literal["hang"]

PUSH_HEADERS = {
    "content-encoding": "aes128gcm",
    "ttl": "900",
    "urgency": "high",
    "topic": "wake",
    "content-type": "application/octet-stream",
}


@dataclass(frozen=True)
class Came:
    """One request as it came; header names in lower case."""

    at: float
    path: str
    headers: dict[str, str]
    body: bytes

    def bytes_alike(self) -> tuple[object, ...]:
        """All but what names the phone: the same for every wake."""
        return tuple(sorted(self.headers)), len(self.body)


@dataclass
class Service:
    """Listens on a port of its own until the test ends."""

    port: int = 0
    say: list[Say] = field(default_factory=list)
    came: list[Came] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def host(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    def waits_for(self, count: int, *, path: str = "", seconds: float = 30) -> list[Came]:
        """Those that came to this path, once there are so many."""
        deadline = time.monotonic() + seconds
        while len(found := [one for one in self.came if one.path.startswith(path)]) < count:
            assert time.monotonic() < deadline, f"{len(found)} of {count} came to {path}"
            time.sleep(0.02)
        return found

    def answer(self, came: Came) -> Say:
        """What is said to this request: as told, else as a good service says."""
        return self.say.pop(0) if self.say else 200


class PushService(Service):
    """Takes nothing that is not signed for it, and keeps to the headers of RFC 8030."""

    def answer(self, came: Came) -> Say:
        if not self._signed(came.headers.get("authorization", "")):
            return 403
        if any(came.headers.get(name) != value for name, value in PUSH_HEADERS.items()):
            return 400
        return self.say.pop(0) if self.say else 201

    def _signed(self, authorization: str) -> bool:
        token, _, key = authorization.removeprefix("vapid t=").partition(", k=")
        signed, _, signature = token.rpartition(".")
        raw = decoded(signature)
        der = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
        public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(key))
        public.verify(der, signed.encode(), ec.ECDSA(SHA256()))
        claims = json.loads(decoded(signed.split(".")[1]))
        return bool(claims["aud"] == self.url and claims["sub"] and claims["exp"] > 0)


@contextmanager
def serving[Kind: Service](service: Kind) -> Iterator[Kind]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            body = self.rfile.read(int(headers.get("content-length", 0)))
            came = Came(time.monotonic(), self.path, headers, body)
            said = service.answer(came)
            service.came.append(came)
            if said == "hang":
                service.ended.wait()
                self.close_connection = True
                return
            self.send_response(said)
            if 300 <= said < 400:
                self.send_header("Location", f"{service.url}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - as the standard library names it

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
    server.daemon_threads = True
    service.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield service
    finally:
        service.ended.set()
        server.shutdown()
        server.server_close()
