"""The mailroom alone in the world: a process where most of what a program has is not importable.

Run as a program it is that process: `lonely.py SOURCE FOLDER PORT FINGERPRINT`. It imports nothing
of the harness, and at its end it writes down every module that it had loaded.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.harness.mailroom import Mailroom

ABSENT = (
    *("django", "allauth"),
    *("leanto.desk", "leanto.host", "leanto.programkey", "leanto.sim", "leanto.commands"),
    # Whatever could open an envelope, or make a key that does.
    "cryptography.hazmat.primitives.hpke",
    "cryptography.hazmat.primitives.ciphers",
    "cryptography.hazmat.primitives.kdf",
    "cryptography.hazmat.primitives.asymmetric.mlkem",
    "cryptography.hazmat.primitives.asymmetric.x25519",
)
LOADED = "loaded-modules"


class Nowhere:
    """Finds the absent ones first, and says that there are none."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if is_absent(name):
            raise ModuleNotFoundError(f"{name} is absent here")
        return None


def is_absent(name: str) -> bool:
    return any(name == one or name.startswith(one + ".") for one in ABSENT)


@contextmanager
def serving_alone(mailroom: "Mailroom", *, source: Path) -> Iterator[None]:
    """Serves this mailroom's files, by the code in `source`, from such a process."""
    call = (source, mailroom.folder, mailroom.port, mailroom.program.fingerprint.hex())
    command = [sys.executable, "-I", __file__, *map(str, call)]
    with mailroom.log.open("ab") as log, subprocess.Popen(command, stdout=log, stderr=log) as alone:
        try:
            _wait_until_up(mailroom, alone)
            yield
        finally:
            alone.send_signal(signal.SIGINT)


def _wait_until_up(mailroom: "Mailroom", alone: subprocess.Popen[bytes]) -> None:
    from tests.harness.net import wait_until_up  # noqa: PLC0415 - the process below has no harness

    while alone.poll() is None:
        with suppress(TimeoutError):
            wait_until_up(f"{mailroom.url}/bulletin/head", timeout_seconds=0.2)
            return
    raise ChildProcessError(mailroom.log.read_text())


class SystemClock:
    def seconds(self) -> int:
        return int(time.time())


def main(source: str, folder: Path, port: int, fingerprint: bytes) -> None:
    sys.path.insert(0, source)
    sys.meta_path.insert(0, Nowhere())
    import uvicorn  # noqa: PLC0415 - only now, when so much is absent

    from leanto.doorway.serving import uvicorn_settings  # noqa: PLC0415 - as above
    from leanto.mailroom.app import create_app  # noqa: PLC0415 - as above
    from leanto.mailroom.config import MailroomConfig  # noqa: PLC0415 - as above

    config = MailroomConfig(
        database=folder / "mailroom.sqlite",
        receipt_key=folder / "receipt.key",
        pocket_origin="http://leanto.localhost",
        fingerprint=fingerprint,
    )
    app = create_app(config=config, clock=SystemClock())
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, **uvicorn_settings()))
    with suppress(KeyboardInterrupt):  # uvicorn raises it again once all is shut
        server.run()
    (folder / LOADED).write_text("\n".join(sorted(sys.modules)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), bytes.fromhex(sys.argv[4]))
