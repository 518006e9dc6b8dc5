"""What a person is asked to confirm: so closely named that another matter is asked anew."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leanto.desk.bulletin.queries import KeyRole, NotReady, keys_to_rehearse
from leanto.desk.directory import queries as directory
from leanto.desk.opening.queries import pack_matter
from leanto.desk.site.configuration import configuration
from leanto.rules.opening import Step
from leanto.wire.charter import fingerprint

RETENTION_SCHEDULE = "retention schedule"
WHO = {
    Step.SHEETS: gettext_lazy("Who keeps this sheet"),
    Step.PACK: gettext_lazy("Counsel's name, which officers will read"),
    Step.HELPLINES: gettext_lazy("Who dialled"),
    Step.ANSWERING_LINE: gettext_lazy("Who dialled at night"),
    Step.RETENTION: gettext_lazy("Who adopted it"),
}
"""The steps that a person confirms, and what their name stands for."""


@dataclass(frozen=True, kw_only=True)
class Matter:
    """`key` is stored; `label` is what a coordinator reads."""

    key: str
    label: str


def matters(step: Step) -> list[Matter]:
    """What is there to confirm for this step today? Nothing before its ground is laid."""
    found = {
        Step.SHEETS: _sheets,
        Step.PACK: _pack,
        Step.HELPLINES: _lines,
        Step.ANSWERING_LINE: _lines_to_call,
        Step.RETENTION: _retention,
    }
    try:
        return found[step]() if step in found else []
    except (directory.NothingChosen, NotReady):
        return []


def mail_matter() -> str | None:
    """The mail server in use, None where there is none."""
    mail = configuration().mail
    return None if mail is None else f"{mail.sender} by {mail.host}:{mail.port}"[:120]


def line_matter(line: dict[str, Any]) -> str:
    """A line by what one dials: a changed number is a new line."""
    dialled = line.get("call") or line.get("text", {}).get("to") or line.get("chat", "")
    return f"{line['id']}: {dialled}"


def _sheets() -> list[Matter]:
    return [
        Matter(key=f"{role.value} key {fingerprint(key).hex()}", label=str(KeyRole(role).label))
        for role, key in keys_to_rehearse().items()
    ]


def _pack() -> list[Matter]:
    name = pack_matter(directory.pack())
    return [Matter(key=name, label=_("I read the limits of confidentiality: %s") % name)]


def _lines() -> list[Matter]:
    return [_line(line) for line in directory.helplines()]


def _lines_to_call() -> list[Matter]:
    return [_line(line) for line in directory.helplines() if line.get("call")]


def _line(line: dict[str, Any]) -> Matter:
    key = line_matter(line)
    return Matter(key=key, label=f"{line['name']}: {key.partition(': ')[2]}")


def _retention() -> list[Matter]:
    return [Matter(key=RETENTION_SCHEDULE, label=_("The retention schedule is in force"))]
