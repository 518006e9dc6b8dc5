"""Lines that answer when we do not: shown on every page that could not do what was asked."""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, kw_only=True)
class Line:
    """A helpline as shown on a refusal page: its name, number to call, number to text."""

    name: str
    call: str | None
    text: str | None
    text_body: str | None

    @property
    def number(self) -> str | None:
        """The number to call as people write it: `+1` and ten digits become groups."""
        match = re.fullmatch(r"\+1(\d{3})(\d{3})(\d{4})", self.call or "")
        return "-".join(match.groups()) if match else self.call


@cache
def builtin_lines() -> tuple[Line, ...]:
    """Which lines ship with the desk and need no bulletin to be shown?"""
    table = json.loads(files("leanto").joinpath("data/helplines/us.json").read_text("utf-8"))
    return tuple(
        Line(
            name=line["name"],
            call=line.get("call"),
            text=line.get("text", {}).get("to"),
            text_body=line.get("text", {}).get("body"),
        )
        for line in table["lines"]
        if line.get("builtin")
    )
