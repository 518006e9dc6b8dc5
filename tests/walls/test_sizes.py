"""A file is read in one sitting, a function on one screen; ESLint says the same of TypeScript."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE_LINES = 300
FUNCTION_LINES = 70


def test_python_files_and_functions_stay_small() -> None:
    """What no one can read in one go, no one has checked."""
    folders = [ROOT / name for name in ("src", "tests", "tools", "bench", "spec")]
    files = [p for folder in folders for p in folder.rglob("*.py") if "migrations" not in p.parts]
    assert [complaint for path in files for complaint in too_long(path, path.read_text())] == []


def test_a_long_function_is_found() -> None:
    """The check above can fail."""
    long = "def f() -> None:\n" + "    g()\n" * FUNCTION_LINES
    assert list(too_long(ROOT / "x.py", long)) == ["x.py: f has 71 lines"]


def too_long(path: Path, text: str) -> Iterator[str]:
    name = path.relative_to(ROOT)
    if (lines := len(text.splitlines())) > FILE_LINES:
        yield f"{name} has {lines} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{name}: {node.name} has {lines} lines"
