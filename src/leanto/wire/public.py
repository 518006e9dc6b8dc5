"""The public part of a bulletin: JSON that anyone may fetch. spec/bulletin.md."""

import json
from dataclasses import dataclass
from typing import Any, Self

from leanto.wire.base64 import read_base64, write_base64
from leanto.wire.errors import WrongLayout, WrongSize

SIZE_AT_MOST = 262_144
OPEN = 0
NO_DATE_YET = 65_535
_MEMBERS = frozenset(
    {"program", "pack", "helplines", "token_keys", "patience", "card_place"},
)
_MAYBE = frozenset({"opens_day"})
_URGENCIES = frozenset({"now", "today", "whenever"})
_TOKEN_KEY_MEMBERS = frozenset({"epoch", "first_day", "last_day", "key"})

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TokenKey:
    """The issuer key of one epoch: `key` is the DER SubjectPublicKeyInfo."""

    epoch: int
    first_day: int
    last_day: int
    key: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPart:
    program: Json
    pack: Json
    helplines: tuple[Json, ...]
    token_keys: tuple[TokenKey, ...]
    patience: dict[str, int]
    """Minutes by urgency: now, today, whenever."""
    card_place: Json
    opens_day: int = OPEN
    """The day number on which officers may ask from; OPEN, or NO_DATE_YET."""

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Reads the outer object strictly; what packs and helplines hold is their own schema's."""
        if len(data) > SIZE_AT_MOST:
            raise WrongSize("the public part is too long")
        found = _only(_MEMBERS, _parse(data), _MAYBE)
        return cls(
            program=_object(found["program"]),
            pack=_object(found["pack"]),
            helplines=tuple(_object(one) for one in _list(found["helplines"])),
            token_keys=tuple(_read_token_key(one) for one in _list(found["token_keys"])),
            patience=_read_patience(found["patience"]),
            card_place=_object(found["card_place"]),
            opens_day=_number(found.get("opens_day", OPEN)),
        )

    def write(self) -> bytes:
        """The same content always gives the same bytes."""
        outer = {
            "program": self.program,
            "pack": self.pack,
            "helplines": list(self.helplines),
            "token_keys": [_write_token_key(one) for one in self.token_keys],
            "patience": self.patience,
            "card_place": self.card_place,
            "opens_day": self.opens_day,
        }
        text = json.dumps(outer, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        data = text.encode("utf-8")
        if len(data) > SIZE_AT_MOST:
            raise WrongSize("the public part is too long")
        return data


def _parse(data: bytes) -> object:
    try:
        found: object = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
        # Half a character, or a number without end, could not be written again.
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise WrongLayout("the public part is not JSON") from None
    return found


def _no_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity, which only Python takes for JSON


def _object(found: object) -> Json:
    if not isinstance(found, dict):
        raise WrongLayout("this has to be an object")
    return found


def _list(found: object) -> list[object]:
    if not isinstance(found, list):
        raise WrongLayout("this has to be a list")
    return found


def _only(members: frozenset[str], found: object, maybe: frozenset[str] = frozenset()) -> Json:
    if _object(found).keys() - maybe != members:
        raise WrongLayout("an object has other members than the law names")
    return _object(found)


def _number(found: object) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < 1 << 16:
        raise WrongLayout("this has to be a number of 16 bits")
    return found


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise WrongLayout("this has to be a text")
    return found


def _read_patience(raw: object) -> dict[str, int]:
    return {name: _number(minutes) for name, minutes in _only(_URGENCIES, raw).items()}


def _read_token_key(raw: object) -> TokenKey:
    found = _only(_TOKEN_KEY_MEMBERS, raw)
    return TokenKey(
        epoch=_number(found["epoch"]),
        first_day=_number(found["first_day"]),
        last_day=_number(found["last_day"]),
        key=read_base64(_text(found["key"])),
    )


def _write_token_key(one: TokenKey) -> Json:
    return {
        "epoch": one.epoch,
        "first_day": one.first_day,
        "last_day": one.last_day,
        "key": write_base64(one.key),
    }
