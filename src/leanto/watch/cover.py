"""Who could answer, and until when what is signed counts: read from what every pocket reads."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from leanto.rules.weeks import date_of
from leanto.watch.board import Board
from leanto.watch.faults import Fault, Kind
from leanto.wire.members import MembersPart, Tier

LOOKS_AHEAD_MINUTES = 8 * 60
KEYS_AT_LEAST = 3
CHARTER_DAYS, VOUCH_DAYS, PASS_KEY_DAYS = 14, 14, 7
COVERS = {Tier.ON_DUTY, Tier.AVAILABLE}


def cover_faults(listed: MembersPart, *, now_minute: int, time_zone: str) -> Iterator[Fault]:
    """Is somebody on duty now and for eight hours, with a key to be sealed to? No name is said."""
    today = now_minute // 1440
    live = {
        number
        for number, member in enumerate(listed.members)
        if any(one.first_day <= today <= one.last_day for one in member.bundles)
    }
    if len(live) < KEYS_AT_LEAST:
        yield Fault(Kind.FEW_KEYS, f"Fewer than {KEYS_AT_LEAST} peers have a key for this week.")
    shifts = sorted(
        (one.from_minute, one.until_minute)
        for one in listed.rota
        if one.tier in COVERS and one.member in live
    )
    covered_until = now_minute
    for from_minute, until_minute in shifts:
        if from_minute <= covered_until:
            covered_until = max(covered_until, until_minute)
    if covered_until == now_minute:
        yield Fault(Kind.NOBODY_ON_DUTY, "Nobody is on duty now.")
    elif covered_until < now_minute + LOOKS_AHEAD_MINUTES:
        at = datetime.fromtimestamp(covered_until * 60, UTC).astimezone(ZoneInfo(time_zone))
        yield Fault(Kind.GAP_AHEAD, f"Nobody is on duty from {at:%H:%M}.")


def signed_faults(board: Board, *, today: int) -> Iterator[Fault]:
    """Is the newest list of today, and how long do the keys behind it count?"""
    if board.head.day < today:
        yield Fault(Kind.BULLETIN_OLD, f"The newest list is of {date_of(board.head.day)}.")
    last_day = _signer_last_day(board)
    if last_day < today + CHARTER_DAYS:
        said = f"The charter lets the desk sign lists until {date_of(last_day)}."
        yield Fault(Kind.CHARTER_ENDS, said)
    running = [one for one in board.public.token_keys if one.first_day <= today]
    if not running or max(one.last_day for one in running) < today + PASS_KEY_DAYS:
        yield Fault(Kind.PASS_KEY_ENDS, "The key that passes are signed with runs out.")


def days_left(board: Board, *, today: int) -> dict[str, int]:
    """Of each thing signed, how many days it still counts; the list's own age among them."""
    running = [one.last_day for one in board.public.token_keys if one.first_day <= today]
    return {
        "bulletin": board.head.last_day - today,
        "charter": _signer_last_day(board) - today,
        "pass-key": max(running, default=today) - today,
    }


def vouch_faults(listed: MembersPart, *, today: int) -> Iterator[Fault]:
    """How long do the vouches count? The first to end is told, and not whose it is."""
    last_day = min((one.vouch.last_day for one in listed.members), default=today + VOUCH_DAYS)
    if last_day < today + VOUCH_DAYS:
        yield Fault(Kind.VOUCH_ENDS, f"A peer's vouch ends on {date_of(last_day)}.")


def _signer_last_day(board: Board) -> int:
    signer = board.head.bulletin_key
    return max(one.last_day for one in board.charter.bulletin_keys if one.key == signer)
