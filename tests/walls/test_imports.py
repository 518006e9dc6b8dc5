"""Rooms never import rooms; `wire` and `rules` need nothing but the standard library."""

import shutil
import subprocess
import sys
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
RUN_LINTER = "from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint(source: Path) -> subprocess.CompletedProcess[str]:
    """Runs the declared walls over the package in `source`, not the installed one."""
    code = f"import sys; sys.path.insert(0, {str(source)!r}); {RUN_LINTER}"
    config = str(ROOT / ".importlinter")
    command = [sys.executable, "-c", code, "--config", config, "--no-cache"]
    return subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)


def test_the_walls_stand() -> None:
    """Every import in the tree respects the walls."""
    outcome = lint(ROOT / "src")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("desk", "import leanto.mailroom"),
        ("mailroom", "import leanto.desk"),
        ("mailroom", "def late():\n    import leanto.desk"),
        ("mailroom", "import leanto.host"),
        ("mailroom", "import leanto.sim"),
        ("mailroom", "import leanto.programkey"),
        ("mailroom", "import sqlite3"),
        ("desk", "import leanto.sim"),
        ("commands", "import leanto.cli"),
        ("mailroom", "import django"),
        ("wire", "import leanto.rules"),
        ("wire", "import cryptography"),
        ("rules", "import random"),
        ("notifier", "import leanto.mailroom"),
        ("notifier", "import leanto.desk"),
        ("notifier", "import django"),
        ("mailroom", "import leanto.notifier"),
        ("mailroom", "import leanto.mail"),
        ("doorway", "import leanto.mailroom"),
        ("programkey", "import leanto.desk"),
        ("programkey", "import socket"),
        ("unheard_of_room", ""),
    ],
)
def test_a_breach_is_found(tmp_path: Path, module: str, forbidden: str) -> None:
    """The linter fails when a wall is broken on purpose."""
    package = tmp_path / "leanto"
    shutil.copytree(
        ROOT / "src/leanto", package, ignore=shutil.ignore_patterns("pocket_dist", "__pycache__")
    )
    target = package / module / "__init__.py"
    target.parent.mkdir(exist_ok=True)
    target.write_text(f"{target.read_text() if target.exists() else ''}\n{forbidden}\n")
    outcome = lint(tmp_path)
    assert outcome.returncode != 0, outcome.stdout
    assert "BROKEN" in outcome.stdout or module in outcome.stdout


@pytest.mark.parametrize("pure", ["leanto.wire", "leanto.rules"])
def test_pure_packages_import_the_standard_library_only(pure: str) -> None:
    """Whoever implements the spec elsewhere needs no package of ours to read along."""
    graph = grimp.build_graph("leanto", include_external_packages=True, cache_dir=None)
    modules = [name for name in {pure} | graph.find_descendants(pure) if ".tests" not in name]
    outside = {
        imported
        for name in modules
        for imported in graph.find_modules_directly_imported_by(name)
        if not imported.startswith(pure) and imported not in sys.stdlib_module_names
    }
    assert outside == set()
