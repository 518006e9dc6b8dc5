"""Every case of the law is read by both languages, or it says why one has no use for it."""

import json
import re

from tests.vectors.make.files import VECTORS

POCKET = VECTORS.parents[1] / "pocket/src"
NOT_FOR_POCKETS = {
    ("duty", "read"): "the duty part is for the mailroom only",
    ("head", "bulletin"): "the desk puts a whole bulletin to the mailroom; pockets fetch its parts",
    ("enrolment", "sheet"): "goes between the desk and the key holder",
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
