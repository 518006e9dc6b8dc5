"""A PostgreSQL server of the tests' own, where this machine has one: in a new folder, on loopback.

`python -m tests.harness.servers COMMAND…` runs a command with such a server as DATABASE_OF_TESTS.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.harness.net import free_port

USER = "leanto"
NOT_AS_ROOT = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]


def binaries() -> Path | None:
    """Where the newest server's programs lie; nothing where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return versions[-1].parent if versions else None


class Server:
    """One cluster in a folder that everybody may reach and only its own user may open."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.port = free_port()
        self.url = f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"
        self._programs, self._cluster = programs, folder / "cluster"
        self._as = NOT_AS_ROOT if os.getuid() == 0 else []
        self._cluster.mkdir()
        if self._as:
            shutil.chown(self._cluster, "nobody", "nogroup")
        call = ("-D", self._cluster, "-A", "trust", "-U", USER, "-E", "UTF8", "--locale=C")
        self._run("initdb", *call, "--no-sync")

    def start(self, settings: dict[str, str] | None = None) -> None:
        """Serves until `stop`, with these settings beside the usual ones."""
        usual = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "300",
        }
        said = " ".join(f"-c {name}={value}" for name, value in (usual | (settings or {})).items())
        log = self._cluster / "log"
        self._run("pg_ctl", "-D", self._cluster, "-w", "-l", log, "-o", said, "start")

    def stop(self, how: str = "fast") -> None:
        """`immediate` is as when the power goes: what was not synced, it has to find out itself."""
        self._run("pg_ctl", "-D", self._cluster, "-w", "-m", how, "stop")

    def _run(self, program: str, *arguments: str | Path) -> None:
        call = [*self._as, self._programs / program, *arguments]
        subprocess.run(call, check=True, stdout=subprocess.DEVNULL, cwd="/")


@contextmanager
def own_server() -> Iterator[Server]:
    """Made, started, and stopped at the end. Raises FileNotFoundError where there is none."""
    programs = binaries()
    if programs is None:
        raise FileNotFoundError("no PostgreSQL server on this machine")
    with TemporaryDirectory(prefix="leanto-server-") as folder:
        Path(folder).chmod(0o755)
        server = Server(Path(folder), programs)
        server.start()
        try:
            yield server
        finally:
            server.stop("immediate")


def main(command: list[str]) -> int:
    with own_server() as server:
        chosen = os.environ | {"DATABASE_OF_TESTS": server.url}
        return subprocess.run(command, env=chosen, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
