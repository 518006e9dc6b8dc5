"""Paper: sets a document as tagged PDF in memory, without network, account or system fonts."""

import json
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path

import segno
import typst

_PAPER = Path(__file__).with_name("paper.typ")


def pdf(template: Path, data: Mapping[str, object]) -> bytes:
    """A document as tagged PDF (PDF/UA-1); the same data always gives the same bytes.

    `template` is a Typst file; `paper.typ` stands before it and gives it `data` and `square`.
    `data` is what JSON can say, with `title` and `language` (such as "es") in any case. Nothing is
    written anywhere and no clock is read. Raises typst.TypstError where a template is wrong, also
    where a picture has no words for those who do not see it.
    """
    source = _PAPER.read_bytes() + template.read_bytes()
    compiler = typst.Compiler(source, font_paths=_fonts())
    made = compiler.compile(
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        pdf_standards="ua-1",
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise TypeError("a document is one file")
    return made


def square_code(link: str) -> str:
    """A QR code as an SVG picture, black on white, with the quiet border that readers need."""
    written = BytesIO()
    segno.make(link, error="m", micro=False).save(
        written,
        kind="svg",
        xmldecl=False,
        border=4,
        omitsize=True,
        svgclass="qr",
        dark="#000",
        light="#fff",
        nl=False,
    )
    return written.getvalue().decode("ascii")


@cache
def _fonts() -> typst.Fonts:
    """Those in the wheel, so that a sheet looks the same wherever it is made."""
    return typst.Fonts(include_system_fonts=False)
