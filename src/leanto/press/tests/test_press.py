"""Paper that anyone can read, and that a machine makes the same way twice."""

import re
from pathlib import Path

import pytest
import typst

from leanto.press import pdf, square_code

WORDS = {"title": "Una prueba", "language": "es"}


def template(folder: Path, body: str) -> Path:
    path = folder / "sheet.typ"
    path.write_text(body, "utf-8")
    return path


def test_a_sheet_is_tagged_titled_and_the_same_twice(tmp_path: Path) -> None:
    """A screen reader knows title, language and order; nothing in it says when it was made."""
    sheet = template(tmp_path, "= #data.title\n#square(data.code, data.title, 2cm)")
    data = {**WORDS, "code": square_code("https://leanto.example/#card=0")}
    made = pdf(sheet, data)
    assert made == pdf(sheet, data)
    for mark in (rb"/StructTreeRoot", rb"/Marked true", rb"/Lang\(es\)", rb"pdfuaid:part>1<"):
        assert re.search(mark, made), mark
    assert not re.search(rb"CreationDate|ModDate|CreateDate", made)
    assert str(tmp_path).encode() not in made


def test_a_picture_without_words_is_refused(tmp_path: Path) -> None:
    """Who cannot see a square code hears what it is, or there is no sheet."""
    bare = template(tmp_path, '#image(bytes(data.code), format: "svg")')
    with pytest.raises(typst.TypstError, match="alt"):
        pdf(bare, {**WORDS, "code": square_code("https://leanto.example/")})


def test_only_fonts_of_the_wheel_are_used(tmp_path: Path) -> None:
    """What one machine prints, another prints too: no font is taken from it."""
    made = pdf(template(tmp_path, "#data.title #text(font: mono)[ABCD]"), WORDS)
    names = set(re.findall(rb"/FontName/\w+\+([\w-]+)", made))
    assert names == {b"LibertinusSerif-Regular", b"DejaVuSansMono"}
