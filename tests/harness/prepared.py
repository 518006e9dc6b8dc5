"""Our programs, each run to its end in a process of its own that had loaded everything before.

Most of what a command of ours takes is the loading of libraries. One process loads them and does
nothing else; every program is a copy of it. Run as a program it is that process.
"""

import contextlib
import importlib
import json
import os
import runpy
import subprocess
import sys
import threading
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory

# What can be loaded before anyone has said which program's desk it will be.
LIBRARIES = (
    *("allauth.account.adapter", "allauth.mfa.app_settings", "cryptography.x509"),
    *("cryptography.hazmat.primitives.asymmetric.rsa", "django.contrib.auth.hashers"),
    *("django.core.handlers.asgi", "django.core.management.commands.migrate"),
    *("django.db.backends.sqlite3.base", "django.db.migrations.autodetector", "django.forms"),
    *("django.template.loader_tags", "django.test", "django.views.csrf", "segno", "uvicorn"),
    *("uvloop", "httptools", "websockets", "whitenoise", "leanto.cli", "leanto.mailroom.app"),
)


class Prepared:
    """The loaded process, and one program after the other."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._process: subprocess.Popen[str] | None = None

    def finished(
        self,
        module: str,
        arguments: list[str],
        *,
        answers: str,
        root: Path,
        environment: dict[str, str],
    ) -> "subprocess.CompletedProcess[str]":
        """Runs `python -m module arguments` with these lines to read; gives how it ended."""
        with self._one_at_a_time, TemporaryDirectory() as folder:
            said = [Path(folder) / name for name in ("answers", "stdout", "stderr")]
            said[0].write_text(answers, "utf-8")
            process = self._started(root, environment)
            assert process.stdin
            assert process.stdout
            call = {"module": module, "arguments": arguments, "files": [str(one) for one in said]}
            process.stdin.write(json.dumps(call) + "\n")
            process.stdin.flush()
            code = int(process.stdout.readline())
            out, err = (one.read_text("utf-8") for one in said[1:])
        return subprocess.CompletedProcess([module, *arguments], code, out, err)

    def _started(self, root: Path, environment: dict[str, str]) -> "subprocess.Popen[str]":
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.harness.prepared"],
                cwd=root,
                env=environment,
                stdin=subprocess.PIPE,  # shuts with the tests, and then it ends
                stdout=subprocess.PIPE,
                text=True,
            )
        return self._process


def main() -> None:
    for name in LIBRARIES:
        with contextlib.suppress(Exception):  # some want a desk; it is loaded when there is one
            importlib.import_module(name)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            _become(**json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _become(*, module: str, arguments: list[str], files: list[str]) -> None:
    """This copy is that program now, until it ends."""
    for number, (name, flags) in enumerate(
        zip(files, (os.O_RDONLY, *[os.O_WRONLY | os.O_CREAT] * 2), strict=True)
    ):
        os.dup2(os.open(name, flags, 0o600), number)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", closefd=False)  # noqa: SIM115 -- until the end
        for number, mode in enumerate("rww")
    )
    sys.argv = [module, *arguments]
    code = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = _code(end.code)
    except BaseException:  # noqa: BLE001 -- as Python itself would end
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _code(said: object) -> int:
    if said is None or isinstance(said, int):
        return said or 0
    print(said, file=sys.stderr)
    return 1


if __name__ == "__main__":
    main()
