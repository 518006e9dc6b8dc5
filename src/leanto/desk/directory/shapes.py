"""Jurisdiction packs and helplines as data: the shapes they must have, read strictly.

A pack says in plain words where confidentiality ends, so a file with a missing sentence is not used
at all: every complaint names the place and what belongs there.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

type Check = Callable[[object, str], None]
type Content = dict[str, Any]

TEXT_CHARACTERS_MAX = 2_000
DIALLED = re.compile(r"\+?[0-9]{2,15}")


class BadData(Exception):
    """A pack or a list of lines cannot be used; the message says where and what to change."""


def check_pack(content: object, name: str) -> Content:
    """A jurisdiction pack, or BadData. Both languages must be there; nothing unknown may be."""
    return _checked(PACK, content, name)


def check_helplines(content: object, name: str) -> Content:
    """A list of lines that answer, or BadData. Each line can be called, texted or chatted with."""
    lines = _checked(HELPLINES, content, name)
    for number, line in enumerate(lines["lines"]):
        if not line.keys() & {"call", "text", "chat"}:
            raise BadData(f"{name}: lines[{number}] has no way to reach it: call, text or chat.")
    ids = [line["id"] for line in lines["lines"]]
    if len(set(ids)) != len(ids):
        raise BadData(f"{name}: two lines have the same id.")
    return lines


def _checked(check: Check, content: object, name: str) -> Content:
    if not isinstance(content, dict):
        raise BadData(f"{name}: the file must hold one object.")
    check(content, name)
    return content


def _join(where: str, key: str) -> str:
    return f"{where}: {key}" if where.endswith(".json") else f"{where}.{key}"


def an_object(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with these members and no others."""
    optional = optional or {}

    def check(value: object, where: str) -> None:
        if not isinstance(value, dict):
            raise BadData(f"{where} must be an object.")
        if missing := required.keys() - value.keys():
            raise BadData(f"{_join(where, min(missing))} is missing.")
        if unknown := value.keys() - required.keys() - optional.keys():
            raise BadData(f"{_join(where, str(min(unknown)))} is nothing we know. Remove it.")
        for key, member in value.items():
            (required.get(key) or optional[key])(member, _join(where, key))

    return check


def a_list(of: Check, *, least: int = 0) -> Check:
    """A list whose every entry passes."""

    def check(value: object, where: str) -> None:
        if not isinstance(value, list):
            raise BadData(f"{where} must be a list.")
        if len(value) < least:
            raise BadData(f"{where} must have at least {least} entries.")
        for number, entry in enumerate(value):
            of(entry, f"{where}[{number}]")

    return check


def a_text(value: object, where: str) -> None:
    """Words for people: not empty, no control characters."""
    if not isinstance(value, str) or not value.strip():
        raise BadData(f"{where} must be a text that is not empty.")
    if len(value) > TEXT_CHARACTERS_MAX or any(ord(letter) < 32 for letter in value):
        raise BadData(f"{where} is too long or has a control character in it.")


def an_id(value: object, where: str) -> None:
    """A short name in small letters, digits and hyphens."""
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9-]{1,40}", value):
        raise BadData(f"{where} must be small letters, digits and hyphens, 40 at most.")


def a_number(value: object, where: str) -> None:
    """A version: 1, 2, 3 …"""
    if type(value) is not int or value < 1:
        raise BadData(f"{where} must be a whole number from 1 on.")


def a_truth(value: object, where: str) -> None:
    """Yes or no."""
    if not isinstance(value, bool):
        raise BadData(f"{where} must be true or false.")


def a_day(value: object, where: str) -> None:
    """A date as year-month-day."""
    try:
        written = date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise BadData(f"{where} must be a date like 2027-02-21.") from None
    if written.isoformat() != value:
        raise BadData(f"{where} must be a date like 2027-02-21.")


def a_phone(value: object, where: str) -> None:
    """A number as it is dialled, digits only, with + before a country code."""
    if not isinstance(value, str) or not DIALLED.fullmatch(value):
        raise BadData(f"{where} must be digits as they are dialled, such as +18002675463 or 988.")


def a_status(value: object, where: str) -> None:
    """How sure we are of a line."""
    if value not in ("seen-in-source", "to-be-verified"):
        raise BadData(f"{where} must be seen-in-source or to-be-verified.")


def a_review(value: object, where: str) -> None:
    """Counsel's sign-off, or null as long as there is none."""
    if value is not None:
        an_object({"by": a_text, "date": a_day})(value, where)


BILINGUAL = an_object({"en": a_text, "es": a_text})
LAW = an_object({"cite": a_text, "text": BILINGUAL, "source": a_text})
PACK = an_object(
    {
        "id": an_id,
        "version": a_number,
        "date": a_day,
        "place": BILINGUAL,
        "languages_reviewed": a_list(an_id),
        "reviewed": a_review,
        "review_note": BILINGUAL,
        "who_reads": BILINGUAL,
        "who_cannot": BILINGUAL,
        "exceptions": a_list(BILINGUAL, least=1),
        "kept": BILINGUAL,
        "not_therapists": BILINGUAL,
        "law": a_list(LAW),
        "written_words": a_truth,
    }
)
LINE = an_object(
    {
        "id": an_id,
        "name": a_text,
        "answers": BILINGUAL,
        "for": BILINGUAL,
        "hours": BILINGUAL,
        "recorded": BILINGUAL,
        "police": BILINGUAL,
        "owner": a_text,
        "source": a_text,
        "verifyBy": a_day,
        "status": a_status,
        "builtin": a_truth,
    },
    {
        "call": a_phone,
        "text": an_object({"to": a_phone}, {"body": a_text}),
        "chat": a_text,
        "verified": a_day,
    },
)
HELPLINES = an_object(
    {
        "id": an_id,
        "version": a_number,
        "date": a_day,
        "note": a_text,
        "lines": a_list(LINE, least=1),
    }
)
