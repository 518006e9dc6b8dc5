"""Installs what `make` needs: uv into .tools/, Python packages into .venv/, Node's into pocket/.

Standard library only, Python 3.9 or newer, so that a bare machine can run it. Every version comes
from a lock file, and each step is skipped while its lock is unchanged.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path
from typing import Callable

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
UV = TOOLS / "uv" / "bin" / "uv"
VENV = ROOT / ".venv"


def main() -> None:
    TOOLS.mkdir(exist_ok=True)
    once("python", ["uv.lock", "pyproject.toml", ".python-version"], VENV, install_python_packages)
    once(
        "node",
        ["pocket/package-lock.json", "uv.lock"],
        ROOT / "pocket/node_modules",
        install_node_packages,
    )


def once(name: str, locks: list[str], result: Path, install: Callable[[], None]) -> None:
    stamp = TOOLS / f"{name}.stamp"
    state = hashlib.sha256(b"".join((ROOT / lock).read_bytes() for lock in locks)).hexdigest()
    if result.exists() and stamp.exists() and stamp.read_text() == state:
        return
    install()
    stamp.write_text(state)


def install_python_packages() -> None:
    lock = (ROOT / "uv.lock").read_text()
    version = locked_version(lock)
    if not uv_is(version):
        install_uv(lock, version)
    run(str(UV), "sync", "--frozen", "--python", find_python())


def install_node_packages() -> None:
    """With the locked npm, never the machine's; .npmrc keeps packages from running code."""
    run(str(VENV / "bin" / "npm"), "ci", "--no-progress", cwd=ROOT / "pocket")


def install_uv(lock: str, version: str) -> None:
    """Tries pip first: it knows the machine's mirror and proxy, the lock's address does not."""
    requirements = TOOLS / "uv-requirements.txt"
    hashes = " ".join(f"--hash={digest}" for _, digest in locked_wheels(lock))
    requirements.write_text(f"uv=={version} {hashes}\n")
    for way in (uv_by_venv, uv_by_pip):
        shutil.rmtree(TOOLS / "uv", ignore_errors=True)
        if way(requirements) and uv_is(version):
            return
    uv_by_lock(lock)


def uv_by_venv(requirements: Path) -> bool:
    prefix = TOOLS / "uv"
    return succeeds(sys.executable, "-m", "venv", str(prefix)) and succeeds(
        str(prefix / "bin" / "python"), *pip_install(requirements)
    )


def uv_by_pip(requirements: Path) -> bool:
    return succeeds(sys.executable, *pip_install(requirements), "--target", str(TOOLS / "uv"))


def pip_install(requirements: Path) -> list[str]:
    return [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "-r",
        str(requirements),
    ]


def uv_by_lock(lock: str) -> None:
    """Neither venv nor pip: the lock file holds the address and the hash of uv's wheel."""
    url, digest = wheel_for(lock, sys.platform, platform.machine(), platform.libc_ver()[0])
    with urllib.request.urlopen(url) as answer:  # noqa: S310 # an https address from our lock file
        wheel = answer.read()
    if f"sha256:{hashlib.sha256(wheel).hexdigest()}" != digest:
        sys.exit("The downloaded uv does not match uv.lock; nothing was installed.")
    UV.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        UV.write_bytes(
            archive.read(next(n for n in archive.namelist() if n.endswith("/scripts/uv")))
        )
    UV.chmod(0o755)


def wheel_for(lock: str, system: str, machine: str, libc: str) -> tuple[str, str]:
    """The address and hash of uv's wheel for one machine."""
    family = "macosx" if system == "darwin" else "manylinux" if libc == "glibc" else "musllinux"
    for url, digest in locked_wheels(lock):
        if re.search(rf"-{family}_[^/]*_{machine}\.whl$", url):
            return url, digest
    sys.exit(f"uv.lock names no uv for {system} on {machine}; install pip or venv and try again.")


def locked_version(lock: str) -> str:
    found = re.search(r'^name = "uv"\nversion = "([^"]+)"', lock, re.MULTILINE)
    return found.group(1) if found else sys.exit("uv.lock does not name uv.")


def locked_wheels(lock: str) -> list[tuple[str, str]]:
    section = lock.partition('\nname = "uv"\n')[2].partition("\n[[package]]")[0]
    return re.findall(r'url = "([^"]+\.whl)", hash = "([^"]+)"', section)


def find_python() -> str:
    """The pinned Python, else any that is new enough, else one that uv can fetch."""
    pinned = (ROOT / ".python-version").read_text().strip()
    for wanted in (pinned, ">=3.12"):
        if found := ask_uv("python", "find", "--no-project", "--system", wanted):
            return found
    if succeeds(str(UV), "python", "install", "--quiet", pinned):
        return ask_uv("python", "find", "--no-project", "--managed-python", pinned)
    sys.exit("Leanto needs Python 3.12 or newer: none was found here and none could be fetched.")


def ask_uv(*arguments: str) -> str:
    answer = subprocess.run(
        [str(UV), *arguments],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip()


def uv_is(version: str) -> bool:
    return UV.exists() and ask_uv("--version").split()[1:2] == [version]


def run(*command: str, cwd: Path = ROOT) -> None:
    try:
        subprocess.run(command, cwd=cwd, env=environment(), check=True)
    except subprocess.CalledProcessError as failure:
        sys.exit(
            f"{Path(command[0]).name} {command[1]} failed with exit code {failure.returncode}."
        )


def succeeds(*command: str) -> bool:
    return (
        subprocess.run(command, env=environment(), capture_output=True, check=False).returncode == 0
    )


def environment() -> dict[str, str]:
    """The caller's environment without its virtual environment and its choice of Python."""
    kept = {k: v for k, v in os.environ.items() if k not in LEAKING}
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    # Last on the path: pyenv's own launchers refuse any version but the chosen one.
    installed = [str(p) for p in sorted(pyenv.glob("versions/3.*/bin"), reverse=True)]
    # uv and Node bring lists of authorities of their own; an agency's proxy is on the system's.
    kept.setdefault("UV_SYSTEM_CERTS", "1")
    kept.setdefault("NODE_USE_SYSTEM_CA", "1")
    kept["PATH"] = os.pathsep.join([str(VENV / "bin"), kept.get("PATH", os.defpath), *installed])
    return kept


LEAKING = {"PYENV_VERSION", "PYTHONHOME", "PYTHONPATH", "UV_PROJECT_ENVIRONMENT", "VIRTUAL_ENV"}

if __name__ == "__main__":
    main()
