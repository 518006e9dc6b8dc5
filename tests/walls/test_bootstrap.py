"""A bare machine gets the locked uv, whether its Python has venv, only pip, or neither."""

import subprocess
from pathlib import Path

import pytest

from tools import bootstrap

LOCK = (Path(__file__).parents[2] / "uv.lock").read_text()


@pytest.mark.parametrize(
    ("system", "machine", "libc", "part"),
    [
        ("linux", "x86_64", "glibc", "manylinux"),
        ("linux", "aarch64", "glibc", "manylinux"),
        ("linux", "x86_64", "", "musllinux"),
        ("darwin", "arm64", "", "macosx"),
    ],
)
def test_the_lock_names_a_wheel(system: str, machine: str, libc: str, part: str) -> None:
    """The machines people use find their wheel without pip."""
    url, digest = bootstrap.wheel_for(LOCK, system, machine, libc)
    assert part in url
    assert machine in url
    assert digest.startswith("sha256:")


def test_a_machine_without_a_wheel_is_told_so() -> None:
    """One sentence, no traceback."""
    with pytest.raises(SystemExit, match="names no uv for linux on vax"):
        bootstrap.wheel_for(LOCK, "linux", "vax", "glibc")


@pytest.mark.parametrize("absent", [(), ("venv",), ("venv", "pip")])
def test_uv_is_installed_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, absent: tuple[str, ...]
) -> None:
    """Each way ends in the same pinned uv."""
    real = subprocess.run

    def run(command: list[str], **options: object) -> object:
        if command[1] == "-m" and command[2] in absent:
            return subprocess.CompletedProcess(command, 1)
        return real(command, **options)  # type: ignore[call-overload] # passes all through

    monkeypatch.setattr(bootstrap, "TOOLS", tmp_path)
    monkeypatch.setattr(bootstrap, "UV", tmp_path / "uv" / "bin" / "uv")
    monkeypatch.setattr(subprocess, "run", run)
    version = bootstrap.locked_version(LOCK)
    bootstrap.install_uv(LOCK, version)
    assert bootstrap.uv_is(version)
