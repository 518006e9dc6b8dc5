"""`make sabotage`: break every guarantee on purpose, in a copy, and see its test fail."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET  # reads only what our own pytest has just written
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sabotage.breaks import ROOT, Break, every_break

UNTRACKED = ("src/leanto/pocket_dist", "src/leanto/desk/locale")
PATIENCE_SECONDS = 300


class CouldNotJudge(Exception):
    """No test ran to its end, so none noticed anything."""


def main(names: list[str]) -> int:
    """Run the named breaks, or all; print a line for each; 1 if a break went unnoticed."""
    chosen = [one for one in every_break() if not names or one.name in names]
    if missing := set(names) - {one.name for one in chosen}:
        print(f"There is no break called {', '.join(sorted(missing))}.")
        return 1
    sound: dict[tuple[str, str], str] = {}
    bad = 0
    with copied_tree() as tree:
        for one in chosen:
            started = time.monotonic()
            told = _whatever_is_wrong(one, tree, sound)
            bad += bool(told)
            seconds = time.monotonic() - started
            print(f"{'✗' if told else '✓'} {one.name} ({seconds:.0f} s) {told}", flush=True)
    print(f"{len(chosen) - bad} of {len(chosen)} breaks were noticed.")
    return 1 if bad else 0


def why_unnoticed(one: Break, tree: Path) -> str:
    """Break the copy in `tree` and run the test: "" if it failed as it should, else what happened.

    The copy is whole again afterwards. Raises CouldNotJudge when no test ran to its end.
    """
    with one.done_to(tree):
        if one.changes_the_built_pocket:
            _build_pocket(tree)
        failed, output = _run(one, tree)
    if one.changes_the_built_pocket:
        _build_pocket(tree)
    return "" if failed else f"went unnoticed by {one.test} {one.match}\n{output}"


def why_not_sound(one: Break, tree: Path) -> str:
    """Run the test in the unbroken copy: "" if it passes, else what happened."""
    failed, output = _run(one, tree)
    return f"its test fails even unbroken\n{output}" if failed else ""


@contextmanager
def copied_tree() -> Iterator[Path]:
    """A copy of the project to break, gone afterwards. Installed tools are shared, not copied."""
    with tempfile.TemporaryDirectory(prefix="leanto-sabotage-") as folder:
        tree = Path(folder)
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).is_file():
                (tree / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, tree / name)
        for name in UNTRACKED:
            shutil.copytree(ROOT / name, tree / name, dirs_exist_ok=True)
        (tree / "pocket/node_modules").symlink_to(ROOT / "pocket/node_modules")
        yield tree


def _whatever_is_wrong(one: Break, tree: Path, sound: dict[tuple[str, str], str]) -> str:
    key = (one.test, one.match)
    try:
        if key not in sound:
            sound[key] = why_not_sound(one, tree)
        return sound[key] or why_unnoticed(one, tree)
    except (CouldNotJudge, subprocess.TimeoutExpired, ValueError) as error:
        return str(error)


def _run(one: Break, tree: Path) -> tuple[bool, str]:
    """Whether a test failed, and its last words. CouldNotJudge if no test could run at all."""
    return _vitest(one, tree) if one.by_vitest else _pytest(one, tree)


def _pytest(one: Break, tree: Path) -> tuple[bool, str]:
    report = tree / "report.xml"
    report.unlink(missing_ok=True)  # of the break before
    output = _in(
        tree, sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider",
        f"--junitxml={report}", one.test,
    )  # fmt: skip
    if not report.exists():
        raise CouldNotJudge(f"{one.name}: pytest did not run\n{output}")
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314 -- our own file
    counted = {key: int((suite.get(key) if suite is not None else None) or 0)
               for key in ("tests", "failures", "errors")}  # fmt: skip
    # A story that failed may also leave its setting in disorder: it judged all the same.
    if not counted["failures"] and (counted["errors"] or not counted["tests"]):
        raise CouldNotJudge(f"{one.name}: {one.test} stopped before it could judge\n{output}")
    return bool(counted["failures"]), output


def _vitest(one: Break, tree: Path) -> tuple[bool, str]:
    report = tree / "report.json"
    report.unlink(missing_ok=True)  # of the break before
    output = _in(
        tree / "pocket", "npx", "vitest", "run", one.test.removeprefix("pocket/"),
        "-t", one.match, "--reporter=json", f"--outputFile={report}",
    )  # fmt: skip
    if not report.exists():
        raise CouldNotJudge(f"{one.name}: vitest did not run\n{output}")
    counted = json.loads(report.read_text("utf-8"))
    if not counted["numPassedTests"] + counted["numFailedTests"]:
        raise CouldNotJudge(f"{one.name}: no test of {one.test} is called {one.match!r}\n{output}")
    return counted["numFailedTests"] > 0, output


def _build_pocket(tree: Path) -> None:
    output = _in(tree / "pocket", "node", "build.mjs")
    if "rror" in output:
        raise CouldNotJudge(f"the broken pocket cannot be built\n{output}")


def _in(folder: Path, *command: str) -> str:
    tree = folder if (folder / "src/leanto").is_dir() else folder.parent
    told = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False,
        timeout=PATIENCE_SECONDS,
        env=os.environ | {"PYTHONPATH": f"{tree / 'src'}{os.pathsep}{tree}", "SOAK": ""},
    )  # fmt: skip
    return (told.stdout + told.stderr)[-2000:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
