"""The mailroom lives where Django does not exist."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src"

# Loads every module of a room in a process where Django, and the desk, cannot be imported.
LOAD_WITHOUT = """
import importlib, pkgutil, sys
source, room = sys.argv[1:]
sys.path.insert(0, source)
for absent in ("django", "allauth", "leanto.desk"):
    sys.modules[absent] = None
package = importlib.import_module(room)
for found in pkgutil.walk_packages(package.__path__, room + "."):
    if ".tests" not in found.name:
        importlib.import_module(found.name)
"""


def load_without_django(source: Path, room: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LOAD_WITHOUT, str(source), room]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("room", ["leanto.mailroom", "leanto.wire", "leanto.rules"])
def test_a_room_starts_where_django_cannot_be_imported(room: str) -> None:
    """What is not there cannot be asked who somebody is."""
    outcome = load_without_django(SOURCE, room)
    assert outcome.returncode == 0, outcome.stderr


def test_a_mailroom_that_wants_django_does_not_start(tmp_path: Path) -> None:
    """The test above fails when its guarantee is broken on purpose."""
    mailroom = tmp_path / "leanto" / "mailroom"
    for part in ("mailroom", "wire", "rules"):
        shutil.copytree(SOURCE / "leanto" / part, tmp_path / "leanto" / part)
    (mailroom.parent / "__init__.py").touch()
    (mailroom / "breach.py").write_text("import django.db\n")
    outcome = load_without_django(tmp_path, "leanto.mailroom")
    assert outcome.returncode != 0
    assert "django" in outcome.stderr
