"""The examples of `ops/proxy`, run by the real nginx and Caddy before a program of this machine."""

import os
import shutil
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_connection
from time import monotonic, sleep

from tests.harness.certificates import certified
from tests.harness.house import ROOT
from tests.harness.net import LOOPBACK, Answer, free_port

EXAMPLES = ROOT / "ops" / "proxy"
NAMES = {
    "desk.leanto.example.org": "desk.localhost",
    "mailroom.leanto.example.org": "mailroom.localhost",
    "leanto.example.org": "leanto.localhost",  # last: the others end with it
}
ASKED = (*NAMES.values(), "wake.leanto.localhost")
CLIENT = "127.0.0.7"
"""Where somebody knocks from: an address that nothing else on this machine has."""

UP_WITHIN_SECONDS = 30
# Logs and squeezes, as Debian's own file does.
NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 768; }}
http {{
    client_body_temp_path {folder}/bodies; proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/1; uwsgi_temp_path {folder}/2; scgi_temp_path {folder}/3;
    access_log {folder}/access.log;
    gzip on; gzip_types *;
    include {folder}/leanto.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """One that runs, where all it ever writes is in `folder`."""

    folder: Path
    port: int
    trust: ssl.SSLContext

    def ask(
        self,
        method: str,
        host: str,
        path: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        client: str = CLIENT,
    ) -> Answer:
        """One request over TLS to this name, from this client's address."""
        connection = HTTPConnection(LOOPBACK, self.port)
        connection.sock = self.reached(host, client=client)
        try:
            connection.request(method, path, body, {"Host": host, **(headers or {})})
            answer = connection.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read())
        finally:
            connection.close()

    def reached(self, host: str, *, client: str = CLIENT) -> ssl.SSLSocket:
        """An open line to this name."""
        plain = create_connection((LOOPBACK, self.port), 20, source_address=(client, 0))
        return self.trust.wrap_socket(plain, server_hostname=host)


def nginx(folder: Path, *, port: int, rooms: int, notifier: int) -> list[str]:
    """Writes nginx's files for these ports; gives what starts it."""
    replaced = {
        "listen 443 ": f"listen {port} ",
        "listen 80 ": f"listen {free_port()} ",
        "/etc/nginx/snippets/leanto/": f"{folder}/",
    }
    for name in ("leanto.conf", "every-server.conf", "nameless.conf"):
        put = _ours((EXAMPLES / "nginx" / name).read_text(), folder, rooms, notifier)
        for old, new in replaced.items():
            put = put.replace(old, new)
        (folder / name).write_text(put)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder))
    return [_program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, *, port: int, rooms: int, notifier: int) -> list[str]:
    """Writes Caddy's file for these ports; gives what starts it."""
    put = _ours((EXAMPLES / "Caddyfile").read_text(), folder, rooms, notifier)
    for name in ASKED:
        put = _once(put, f"https://{name} {{", f"https://{name}:{port} {{")
    put = _once(put, "# tls ", "tls ")
    put = _once(put, "\tservers {", "\tadmin off\n\tauto_https disable_redirects\n\tservers {")
    (folder / "Caddyfile").write_text(put)
    return [_program("caddy"), "run", "--config", str(folder / "Caddyfile")]


PROXIES = {"nginx": nginx, "caddy": caddy}


@contextmanager
def running(name: str, folder: Path, *, rooms: int, notifier: int) -> Iterator[Proxy]:
    """This proxy, before rooms and notifier at these ports of this machine."""
    folder.mkdir()
    chain, _ = certified(folder, *ASKED, days=60)
    port = free_port()
    command = PROXIES[name](folder, port=port, rooms=rooms, notifier=notifier)
    at_home = {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "HOME": str(folder)}
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(
            command, env=os.environ | at_home, cwd=folder, stdout=output, stderr=output
        )
    try:
        _wait(port, lambda: process.poll() is None, folder / "output")
        yield Proxy(folder, port, ssl.create_default_context(cafile=str(chain)))
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def listener() -> Iterator[tuple[int, list[tuple[str, dict[str, str]]]]]:
    """A port at which every request is answered with nothing; path and headers of each."""
    heard: list[tuple[str, dict[str, str]]] = []

    class Hears(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append((self.path, {name.lower(): said for name, said in self.headers.items()}))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing on our screen."""

    with ThreadingHTTPServer((LOOPBACK, 0), Hears) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], heard
        server.shutdown()


def _ours(example: str, folder: Path, rooms: int, notifier: int) -> str:
    """The example with a test's names, ports and certificate."""
    for theirs, ours in NAMES.items():
        example = example.replace(theirs, ours)
    example = example.replace("127.0.0.1:8000", f"127.0.0.1:{rooms}")
    example = example.replace("127.0.0.1:8001", f"127.0.0.1:{notifier}")
    return example.replace("/etc/leanto/tls/", f"{folder}/")


def _once(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def _program(name: str) -> str:
    return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin") or sys.exit(name)


def _wait(port: int, lives: Callable[[], bool], output: Path) -> None:
    deadline = monotonic() + UP_WITHIN_SECONDS
    while monotonic() < deadline and lives():
        with suppress(OSError), create_connection((LOOPBACK, port), 1):
            return
        sleep(0.02)
    raise AssertionError(output.read_text())
