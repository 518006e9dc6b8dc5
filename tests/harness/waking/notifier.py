"""A real notifier in a process of its own, beside a push service, a post office and a gateway."""

import os
import signal
import sqlite3
import subprocess
import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from leanto.host.config import Config, load, save
from leanto.host.waking import share_secret
from leanto.mailroom.config import NotifierPlace
from leanto.notifier.config import Channels
from leanto.wire.endpoints import Endpoint, EndpointNamed, EndpointState, Kind
from tests.harness.clock import FileClock
from tests.harness.net import Answer, free_port, request, wait_until_up
from tests.harness.postoffice import PostOffice, post_office
from tests.harness.waking.phone import Phone
from tests.harness.waking.services import PushService, Service, serving

ROOT = Path(__file__).parents[3]
ENVIRONMENT = {**os.environ, "PYTHONPATH": "src:.", "PYTHONUNBUFFERED": "1"}
POCKET = "http://leanto.localhost"


class Ways:
    """What stands in for the world: nothing of it is told what Leanto is."""

    def __init__(self, push: PushService, office: PostOffice, gateway: Service) -> None:
        self.push = push
        self.office = office
        self.gateway = gateway

    def allowed(self, folder: Path) -> dict[str, object]:
        """The settings of an operator who allows all of them and nothing else."""
        for name in ("sms", "phone"):
            (folder / name).write_text(f"json://{self.gateway.host}/{name}/{{number}}")
        return {
            "mail": self.office.mail,
            "channels": Channels(
                push_hosts=("127.0.0.1",),
                ntfy=(self.gateway.url,),
                sms_file=folder / "sms",
                phone_file=folder / "phone",
                private_hosts=(self.push.host, self.gateway.host),
            ),
        }


@contextmanager
def all_ways() -> Iterator[Ways]:
    with serving(PushService()) as push, post_office() as office, serving(Service()) as gateway:
        yield Ways(push, office, gateway)


class Notifier:
    """One notifier's files and the process that serves them."""

    def __init__(self, folder: Path, ways: Ways) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://wake.leanto.localhost:{self.port}"
        self.clock = FileClock(folder / "clock")
        self.log = folder / "log"
        self.data = folder / "program" / "notifier"
        self.ways = ways
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "program").mkdir()
        config = Config(
            name="Two Creeks",
            region="Two Creeks (made up)",
            time_zone="America/Chicago",
            fingerprint="00" * 16,
            pocket=POCKET,
            desk="http://desk.localhost",
            mailroom="http://mailroom.localhost",
            notifier=self.url,
            notifier_port=self.port,
            host="127.0.0.1",
            port=free_port(),
            data=folder / "program",
            **ways.allowed(folder),  # type: ignore[arg-type]  # each by its own name
        )
        share_secret(config)
        save(config)

    @property
    def place(self) -> NotifierPlace:
        """What a mailroom beside it is told."""
        secret = self.data / "wake-secret"
        return NotifierPlace(
            address="127.0.0.1", port=self.port, name="wake.leanto.localhost", secret=secret
        )

    def change(self, **settings: object) -> None:
        """What an operator changes, before the next start."""
        data = self.folder / "program"
        save(replace(load(data), **settings))  # type: ignore[arg-type]  # as above

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.harness.notifying", str(self.folder)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=log, stderr=log
            )
        wait_until_up(f"{self.url}/channels", below=400)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(how)
            process.wait(timeout=20)
            if process.stdin:
                process.stdin.close()

    def kill_and_start(self) -> None:
        self.stop(signal.SIGKILL)
        self.start()

    def post(self, path: str, body: bytes, headers: dict[str, str] | None = None) -> Answer:
        return request("POST", self.url + path, body=body, headers=headers)

    @property
    def shown(self) -> dict[str, str]:
        """What the mailroom shows."""
        secret = urlsafe_b64encode((self.data / "wake-secret").read_bytes()).rstrip(b"=")
        return {"Authorization": f"Bearer {secret.decode()}"}

    def wake(self, endpoint_id: bytes) -> Answer:
        return self.post("/wakes", EndpointNamed(endpoint_id).write(), self.shown)

    def state(self, endpoint_id: bytes) -> EndpointState:
        answer = self.post("/endpoints/state", EndpointNamed(endpoint_id).write())
        assert answer.status == 200, answer.body
        return EndpointState.read(answer.body)

    def phone(self, name: str = "phone") -> Phone:
        """A phone that takes pushes, known here."""
        phone = Phone()
        self.takes(phone.subscribed(f"{self.ways.push.url}/{name}"))
        return phone

    def way(self, kind: Kind, address: str) -> bytes:
        """An endpoint of another kind, known here; gives its number."""
        endpoint = Endpoint(os.urandom(16), kind, address)
        self.takes(endpoint)
        return endpoint.id

    def takes(self, endpoint: Endpoint) -> None:
        answer = self.post("/endpoints", endpoint.write())
        assert answer.status == 204, answer.body

    def waiting(self) -> int:
        """How many wakes lie on its disk now."""
        with closing(sqlite3.connect(self.data / "notifier.sqlite3")) as database:
            (count,) = database.execute("SELECT count(*) FROM wake").fetchone()
            return int(count)

    def every_file(self) -> Iterator[tuple[Path, bytes]]:
        for path in (*self.data.rglob("*"), self.log):
            with suppress(FileNotFoundError):
                yield path, path.read_bytes()


@contextmanager
def running_notifier(folder: Path, *, silent: bool = True) -> Iterator[Notifier]:
    """Started, with all ways allowed; if `silent` it must have had nothing to say at its end."""
    with all_ways() as ways:
        notifier = Notifier(folder, ways)
        notifier.start()
        try:
            yield notifier
            said = notifier.log.read_text("utf-8")
            assert said == "" or not silent, said
        finally:
            notifier.stop()
