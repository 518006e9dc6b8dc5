"""The desk's translations: `gather` finds what to translate, `compile` builds what Django reads.

Django's own commands need GNU gettext on the machine; Babel comes with the lock file.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

DESK = Path("src/leanto/desk")
CATALOGUES = DESK / "locale"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def gather() -> None:
    """Bring every catalogue up to date with the desk's pages, keeping what is translated."""
    found = Catalog()
    for place, message, context in messages():
        found.add(message, locations=[(place, 0)], context=context)
    for path in CATALOGUES.glob("*/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parts[-3])
        made = catalogue.creation_date
        catalogue.update(found, no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        catalogue.project, catalogue.creation_date = "Leanto", made
        catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
        with path.open("wb") as file:
            write_po(file, catalogue, width=100, include_lineno=False, sort_by_file=True)


def compile_all() -> None:
    """Build each catalogue that is older than its source."""
    for path in CATALOGUES.glob("*/LC_MESSAGES/django.po"):
        built = path.with_suffix(".mo")
        if built.exists() and built.stat().st_mtime >= path.stat().st_mtime:
            continue
        with path.open("rb") as source, built.open("wb") as target:
            write_mo(target, read_po(source, locale=path.parts[-3]))


def messages() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Each text of the desk: where it stands, what it says (with its plural), in which context."""
    for path in sorted(DESK.rglob("*")):
        if path.suffix not in {".py", ".html"} or "tests" in path.parts:
            continue
        source = path.read_text("utf-8")
        if path.suffix == ".html":
            source = templatize(source, origin=str(path))
        for _line, message, _comments, context in extract(
            "python", BytesIO(source.encode()), KEYWORDS
        ):
            yield str(path), message, context


if __name__ == "__main__":
    {"gather": gather, "compile": compile_all}[sys.argv[1]]()
