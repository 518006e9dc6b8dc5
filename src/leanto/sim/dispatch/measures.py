"""What a policy is judged by; one history each, and the mean of several with its standard error."""

import math
import statistics
from dataclasses import dataclass

from leanto.sim.dispatch.assumptions import DAY_SECONDS, WARM_DAYS, Part
from leanto.sim.dispatch.records import Ending, Outcome, Run

HUMANS = frozenset({Ending.PEER, Ending.BACKSTOP, Ending.HELPLINE})
NEVER_SECONDS = 3600.0
"""A median of those whom nobody answered."""
MONTH_DAYS = 30
TENTH = 10

type Figures = dict[str, float]
"""Shares are percent; counts are per request unless the name says otherwise."""


@dataclass(frozen=True, slots=True)
class Estimate:
    mean: float
    error: float
    """Standard error over histories; 0 when there is one."""


def figures(run: Run) -> Figures:
    """All measures of one run, the warm days left out."""
    counted = [one for one in run.outcomes if one.asking.at_seconds >= WARM_DAYS * DAY_SECONDS]
    night = [one for one in counted if one.asking.part is Part.NIGHT]
    return {
        "requests": len(counted),
        **_speed(counted, ""),
        **_speed(night, " night"),
        **{f"ends {kind}": _percent(counted, kind) for kind in Ending},
        "median": min(statistics.median(_seconds(counted, HUMANS)), NEVER_SECONDS),
        **_fairness(run),
        **_guesses(run),
        "needless night month": _night_rings_per_peer_month(run),
        "score": _score(counted, night),
    }


def mean_of(runs: list[Figures]) -> dict[str, Estimate]:
    """Each measure over histories, each weighing as much as it has requests."""
    weights = [run["requests"] for run in runs]
    return {name: _estimate([run[name] for run in runs], weights) for name in runs[0]}


def _speed(outcomes: list[Outcome], when: str) -> Figures:
    peer, human = _seconds(outcomes, {Ending.PEER}), _seconds(outcomes, HUMANS)
    count = max(len(outcomes), 1)
    return {
        f"peer 2{when}": _within(peer, 120),
        f"peer 5{when}": _within(peer, 300),
        f"peer 15{when}": _within(peer, 900),
        f"human 5{when}": _within(human, 300),
        f"human 15{when}": _within(human, 900),
        f"needless{when}": sum(one.needless for one in outcomes) / count,
        f"backstop needless{when}": sum(one.needless_backstop for one in outcomes) / count,
    }


def _seconds(outcomes: list[Outcome], endings: set[Ending] | frozenset[Ending]) -> list[float]:
    """How long each took; who ended otherwise never came."""
    return [one.waited_seconds if one.ending in endings else math.inf for one in outcomes]


def _within(seconds: list[float], limit: int) -> float:
    return 100 * sum(one <= limit for one in seconds) / max(len(seconds), 1)


def _percent(outcomes: list[Outcome], ending: Ending) -> float:
    return 100 * sum(one.ending is ending for one in outcomes) / max(len(outcomes), 1)


def _fairness(run: Run) -> Figures:
    talks = sorted(person.talks for person in run.persons[: run.world.peers])
    total = max(sum(talks), 1)
    ranked = sum((2 * place + 1 - len(talks)) * one for place, one in enumerate(talks))
    busiest = talks[-max(1, len(talks) // TENTH) :]
    return {"gini": ranked / (len(talks) * total), "busiest tenth": 100 * sum(busiest) / total}


def _guesses(run: Run) -> Figures:
    """Brier of the chances a policy believed in, beside always saying their mean."""
    counted = [one for one in run.guesses if one.at_seconds >= WARM_DAYS * DAY_SECONDS]
    if not counted:
        return {}
    mean = statistics.fmean(one.would_answer for one in counted)
    return {
        "brier": statistics.fmean((one.thought - one.would_answer) ** 2 for one in counted),
        "brier constant": mean * (1 - mean),
    }


def _night_rings_per_peer_month(run: Run) -> float:
    size = run.world.size
    rings = sum(person.needless_at_night for person in run.persons[: size.peers])
    return rings * MONTH_DAYS / (size.peers * (size.days - WARM_DAYS))


def _score(counted: list[Outcome], night: list[Outcome]) -> float:
    """Lower is better: missed peers, at night twice, and needless rings."""
    all_day, by_night = _speed(counted, ""), _speed(night, "")
    return (
        (100 - all_day["peer 5"])
        + 2 * (100 - by_night["peer 5"])
        + 0.5 * all_day["needless"]
        + 0.5 * by_night["needless"]
    )


def _estimate(values: list[float], weights: list[float]) -> Estimate:
    mean = sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)
    if len(values) == 1:
        return Estimate(mean, 0)
    return Estimate(mean, statistics.stdev(values) / math.sqrt(len(values)))
