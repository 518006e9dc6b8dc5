"""The frozen vectors, made anew by the Python reading of the law."""

import json

import pytest

from leanto.wire.errors import WireError
from leanto.wire.mailboxes import Post
from tests.vectors.make.cases import applied
from tests.vectors.make.files import FILES, VECTORS, as_text


@pytest.mark.parametrize("name", FILES)
def test_python_still_says_what_the_vectors_say(name: str) -> None:
    """Making a file reads, writes, signs and refuses every case: a change of any would show."""
    assert (VECTORS / f"{name}.json").read_text(encoding="utf-8") == as_text(FILES[name]())


def test_every_vector_file_is_made() -> None:
    """No file lies there that nobody checks."""
    assert {path.stem for path in VECTORS.glob("*.json")} == set(FILES)


def test_a_recipe_means_what_the_page_says() -> None:
    """TypeScript carries the recipes out by itself; here is what they give."""
    cases = json.loads((VECTORS / "mailboxes.json").read_text(encoding="utf-8"))["post"]
    whole = bytes.fromhex(cases[0]["bytes"])
    spoiled = [applied(case, whole) for case in cases[1:]]
    assert spoiled == [whole[:-1], whole + b"\0", b"\0" + whole[1:], b"\2" + whole[1:]]
    for data in spoiled:
        with pytest.raises(WireError):
            Post.read(data)
