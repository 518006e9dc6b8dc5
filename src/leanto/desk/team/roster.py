"""A team's lines against the roster: who is new, who stands there already, what must be mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.utils.translation import gettext as _

from leanto.desk.people.models import Staff
from leanto.desk.roster.actions import add_unit, invite_peer
from leanto.desk.roster.models import Agency, Peer, Unit
from leanto.desk.team.columns import by_field, plain
from leanto.desk.team.plans import Act, Line, Mark, Plan, Trouble
from leanto.desk.team.reading import BEGINS_FORMULA, LONGEST_CELL, Row

YES = {"yes", "y", "true", "1", "x", "si", "s", "verdadero"}
NO = {"", "no", "n", "false", "0", "falso"}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Somebody to be put on the roster. `unit` is a name: it may not be there yet."""

    name: str
    agency: Agency
    unit: str
    chain_of_command: str
    reserve: bool

    def key(self) -> tuple[str, str]:
        """By what two lines about the same person are known."""
        return plain(self.name), self.agency.code


def plan(rows: Sequence[Row], chosen: Sequence[str], *, agencies: Sequence[Agency]) -> Plan:
    """What would become of each line, by somebody who looks after these agencies?

    Whoever is on the roster already is left as they are.
    """
    there = {(plain(one.name), one.agency.code) for one in Peer.objects.select_related("agency")}
    lines: list[Line] = []
    acts: list[Act] = []
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        try:
            wanted = _wanted(by_field(chosen, row.cells), agencies)
            _check_once(seen.setdefault(wanted.key(), row.line), row)
        except Trouble as why:
            lines.append(Line(row.line, Mark.TROUBLE, str(why)))
            continue
        if wanted.key() in there:
            told = _("%(name)s is on the roster already and stays as they are.")
            lines.append(Line(row.line, Mark.SAME, told % {"name": wanted.name}))
        else:
            lines.append(Line(row.line, Mark.NEW, _told(wanted)))
            acts.append(partial(_add, wanted))
    return Plan.of(lines, acts)


def whole_name(cells: Mapping[str, str], first: str) -> str:
    """A name that may stand in two columns."""
    return " ".join(part for part in (cells.get(first, ""), cells.get("family", "")) if part)


def _wanted(cells: Mapping[str, str], agencies: Sequence[Agency]) -> Wanted:
    name = whole_name(cells, "name")
    if not name:
        raise Trouble(_("There is no name."))
    texts = {"name": name, "unit": cells.get("unit", "")}
    texts["chain_of_command"] = cells.get("chain_of_command", "")
    for text in texts.values():
        _check_text(text)
    return Wanted(
        **texts,
        agency=_agency(cells.get("agency", ""), agencies),
        reserve=_yes(cells.get("reserve", "")),
    )


def _check_once(first_line: int, row: Row) -> None:
    if first_line != row.line:
        raise Trouble(
            _("The same name stands on line %(line)s. For two people, tell them apart.")
            % {"line": first_line}
        )


def _check_text(text: str) -> None:
    if len(text) > LONGEST_CELL:
        raise Trouble(_("“%(text)s…” is longer than 80 letters.") % {"text": text[:20]})
    # A spreadsheet that reads our tables one day must find nothing that it would work out.
    if text.startswith(BEGINS_FORMULA) or not text.isprintable():
        shown = "".join(one for one in text if one.isprintable())
        raise Trouble(
            _("“%(text)s” begins like a formula or holds signs that cannot be shown.")
            % {"text": shown}
        )


def _agency(text: str, agencies: Sequence[Agency]) -> Agency:
    for one in agencies:
        if text and plain(text) in {plain(one.name), plain(one.code)}:
            return one
    if not text:
        raise Trouble(_("There is no agency."))
    raise Trouble(
        _("There is no agency “%(text)s” here that you look after. Agencies stand under Peers.")
        % {"text": text[:LONGEST_CELL]}
    )


def _yes(text: str) -> bool:
    if plain(text) in YES:
        return True
    if plain(text) in NO:
        return False
    raise Trouble(
        _("“%(text)s”: write yes or no, whether they may be rung outside shifts.")
        % {"text": text[:LONGEST_CELL]}
    )


def _told(wanted: Wanted) -> str:
    place = f"{wanted.agency.name}, {wanted.unit}" if wanted.unit else wanted.agency.name
    return _("%(name)s is put on the roster, at %(place)s.") % {
        "name": wanted.name,
        "place": place,
    }


def _add(wanted: Wanted, by: Staff | None, now: datetime) -> None:
    invite_peer(
        name=wanted.name,
        agency=wanted.agency,
        unit=_unit(wanted, by, now) if wanted.unit else None,
        chain_of_command=wanted.chain_of_command,
        reserve=wanted.reserve,
        by=by,
        now=now,
    )


def _unit(wanted: Wanted, by: Staff | None, now: datetime) -> Unit:
    for one in wanted.agency.units.all():
        if plain(one.name) == plain(wanted.unit):
            return one
    return add_unit(agency=wanted.agency, name=wanted.unit, by=by, now=now)
