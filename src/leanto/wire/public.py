"""The public part of a bulletin: JSON that anyone may fetch. spec/bulletin.md."""

import json
from dataclasses import dataclass
from typing import Any, Self

from leanto.wire.base64 import read_base64, write_base64
from leanto.wire.errors import WrongLayout, WrongSize

SIZE_AT_MOST = 262_144
_MEMBERS = frozenset(
    {"program", "pack", "helplines", "token_keys", "patience", "card_place"},
)
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

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Reads the outer object strictly; what packs and helplines hold is their own schema's."""
        if len(data) > SIZE_AT_MOST:
            raise WrongSize("the public part is too long")
        try:
            found = _only(_MEMBERS, json.loads(data.decode("utf-8")))
            return cls(
                program=found["program"],
                pack=found["pack"],
                helplines=tuple(found["helplines"]),
                token_keys=tuple(_read_token_key(one) for one in found["token_keys"]),
                patience=found["patience"],
                card_place=found["card_place"],
            )
        except WrongLayout:
            raise
        except (ValueError, TypeError, KeyError, RecursionError):
            raise WrongLayout("the public part is not the JSON the law describes") from None

    def write(self) -> bytes:
        """The same content always gives the same bytes."""
        outer = {
            "program": self.program,
            "pack": self.pack,
            "helplines": list(self.helplines),
            "token_keys": [_write_token_key(one) for one in self.token_keys],
            "patience": self.patience,
            "card_place": self.card_place,
        }
        text = json.dumps(outer, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        data = text.encode("utf-8")
        if len(data) > SIZE_AT_MOST:
            raise WrongSize("the public part is too long")
        return data


def _only(members: frozenset[str], found: object) -> Json:
    if not isinstance(found, dict) or found.keys() != members:
        raise WrongLayout("an object has other members than the law names")
    return found


def _read_token_key(raw: object) -> TokenKey:
    found = _only(_TOKEN_KEY_MEMBERS, raw)
    days = (found["epoch"], found["first_day"], found["last_day"])
    if not all(isinstance(number, int) and 0 <= number < 1 << 16 for number in days):
        raise WrongLayout("a token key's numbers are not numbers of 16 bits")
    return TokenKey(*days, key=read_base64(found["key"]))


def _write_token_key(one: TokenKey) -> Json:
    return {
        "epoch": one.epoch,
        "first_day": one.first_day,
        "last_day": one.last_day,
        "key": write_base64(one.key),
    }
