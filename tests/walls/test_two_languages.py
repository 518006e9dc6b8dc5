"""Both languages read every case of the law, or say why one has no use for it; and each refusal."""

import json
import re

from leanto.wire.problems import PROBLEMS
from tests.vectors.make.files import VECTORS

POCKET = VECTORS.parents[1] / "pocket/src"
NOT_FOR_POCKETS = {
    ("duty", "read"): "the duty part is for the mailroom only",
    ("head", "bulletin"): "the desk puts a whole bulletin to the mailroom; pockets fetch its parts",
    ("enrolment", "sheet"): "goes between the desk and the key holder",
    ("keysheets", "sheet"): "goes between the key holder and their paper",
    ("keysheets", "rehearsal"): "goes between the key holder and the desk",
    ("keysheets", "signature"): "as `rehearsal`",
    ("letters", "mac"): "a step of `sealed`, which both read",
    ("letters", "info"): "a step of `sealed`, which both read",
}


def test_both_languages_read_every_case() -> None:
    """A case that one language never sees is no law for it."""
    assert unread(pocket_tests()) == set(NOT_FOR_POCKETS)


def test_a_case_that_only_python_reads_is_found() -> None:
    """The check above can fail."""
    text = pocket_tests().replace('"vouch"', '"charter"')
    assert ("vouch", "read") in unread(text)


def test_both_languages_have_the_refusals_of_the_law() -> None:
    """One that a pocket does not know would tell Ana that nobody answers."""
    law = refusals_of_the_law()
    assert {name: one.status for name, one in PROBLEMS.items()} == law
    assert refusals_that_pockets_know() == law.keys()


def refusals_of_the_law() -> dict[str, int]:
    """Each with its status; a row of the table may have several."""
    page = (VECTORS.parent / "problems.md").read_text("utf-8")
    rows = [line.split("|")[1:3] for line in page.splitlines() if line.startswith("| `")]
    pairs = [zip(*(cell.split("·") for cell in row), strict=True) for row in rows]
    return {name.strip(" `"): int(status) for row in pairs for name, status in row}


def refusals_that_pockets_know() -> set[str]:
    text = (POCKET / "wire/problems.ts").read_text("utf-8")
    (listed,) = re.findall(r"PROBLEMS = \[(.*?)\] as const", text, re.DOTALL)
    return set(re.findall(r'"([\w-]+)"', listed))


def unread(text: str) -> set[tuple[str, str]]:
    """File and group of the cases that no test of the pocket names."""
    return {pair for pair in groups() if not re.search(named(*pair), text)}


def named(file: str, group: str) -> str:
    return rf'"{file}",\s*(group: )?"{group}"'


def groups() -> set[tuple[str, str]]:
    files = {path.stem: json.loads(path.read_text("utf-8")) for path in VECTORS.glob("*.json")}
    return {(name, group) for name, file in files.items() for group in file if group != "about"}


def pocket_tests() -> str:
    """But for the fuzzing, which takes the good cases as a beginning and judges none."""
    tests = [path for path in POCKET.rglob("*.test.ts") if path.name != "fuzz.test.ts"]
    return "\n".join(path.read_text("utf-8") for path in tests)
