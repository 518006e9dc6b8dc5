"""Ways of ringing, in a model of a town: how soon somebody answers, and who is woken for nothing.

Every way meets the same requests and the same people. What ships goes through `rules/escalation`
as it stands. The tables are Markdown; what they mean stands in docs/dispatch.md.
"""

import sys
import time
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from bench import frontier
from leanto.sim.dispatch import policies
from leanto.sim.dispatch.assumptions import (
    ALONE_12,
    AS_ASSUMED,
    POOLED_150,
    POOLED_400,
    TOWN_40,
    WORLDS,
    Assumptions,
    Size,
    harsher,
)
from leanto.sim.dispatch.measures import Estimate, figures, mean_of
from leanto.sim.dispatch.policies import Way
from leanto.sim.dispatch.world import Sealing, World

PICTURE = Path(__file__).parents[1] / "docs/pictures/dispatch-frontier.svg"
WORLD_HISTORIES = 4
type Row = dict[str, Estimate]

SPEED = {
    "peer 2": "≤ 2 min",
    "peer 5": "≤ 5 min",
    "peer 5 night": "night ≤ 5",
    "peer 15": "≤ 15 min",
    "median": "median s",
    "needless": "needless rings",
    "needless night": "at night",
    "needless night month": "night wake-ups per peer-month",
    "gini": "Gini",
    "busiest tenth": "busiest tenth %",
    "score": "score",
}
NET = {
    "human 5": "anybody ≤ 5 min",
    "human 5 night": "night ≤ 5",
    "human 15": "≤ 15 min",
    "human 15 night": "night ≤ 15",
    "median": "median s",
    "ends peer": "by a peer %",
    "ends backstop": "backstop %",
    "ends helpline": "helpline %",
    "ends left": "left %",
    "needless": "needless rings",
    "needless night month": "night wake-ups per peer-month",
}
SHORT = ("peer 5", "peer 5 night", "needless")
COMPARED = (policies.RING_THREE, policies.RING_FIVE, policies.ADAPTIVE, policies.SEALED_PLAN)
NETTED = (policies.ON_CALL, policies.RING_ONE, *COMPARED, policies.CHOSEN)


def main() -> None:
    """Prints the tables and draws the frontier; fails for nothing but its own faults."""
    started = time.monotonic()
    say("\n## Who answers when, in a model of a town (± standard error over histories)\n")
    speed = in_town()
    with_net = netted()
    other_sizes()
    worlds = robust()
    copies()
    say("\n### Goals\n")
    table(["", "measured", "goal", ""], goals(speed, with_net, worlds))
    frontier.draw(PICTURE, worlds_of(TOWN_40))
    say(f"\n{PICTURE.name} drawn; {time.monotonic() - started:.0f} s in all.")


def in_town() -> dict[str, Row]:
    rows = {way.name: row(way, TOWN_40) for way in policies.WAYS}
    say(f"\n### {TOWN_40.name} peers, two on call, no net: answered by a peer\n")
    table(["", *SPEED.values()], ([name, *cells(one, SPEED)] for name, one in rows.items()))
    adaptive = rows[policies.ADAPTIVE.name]
    say(
        f"\nBrier of the learned chances {adaptive['brier'].mean:.3f}, "
        f"of always saying their mean {adaptive['brier constant'].mean:.3f}."
    )
    return rows


def netted() -> dict[str, Row]:
    rows = {}
    for size, ways in {TOWN_40: NETTED, POOLED_150: COMPARED, ALONE_12: COMPARED}.items():
        say(f"\n### {size.name} peers with the net: backstops at 2 and 3 min, helpline at 4.5\n")
        found = {way.name: row(way, size, net=True) for way in ways}
        table(["", *NET.values()], ([name, *cells(one, NET)] for name, one in found.items()))
        rows[size.name] = found
    return rows[TOWN_40.name]


def other_sizes() -> None:
    sizes = (ALONE_12, POOLED_150, POOLED_400)
    say("\n### Other sizes, no net: a peer ≤ 5 min (night) / needless rings\n")
    ways = (policies.PHONE_LIST, policies.ON_CALL, *COMPARED, policies.BOUND)
    table(
        ["", *(size.name for size in sizes)],
        ([way.name, *(short(row(way, size)) for size in sizes)] for way in ways),
    )


def robust() -> dict[str, dict[str, Row]]:
    say("\n### Other worlds, 40 peers, no net: a peer ≤ 5 min (night) / needless rings\n")
    ways = (*COMPARED, policies.BOUND)
    found = {world: {way.name: row(way, TOWN_40, world=world) for way in ways} for world in WORLDS}
    table(
        ["", *(way.name for way in ways)],
        ([world, *(short(one) for one in rows.values())] for world, rows in found.items()),
    )
    say("\nScore, lower is better:\n")
    table(
        ["", *(way.name for way in ways)],
        (
            [world, *(f"{one['score'].mean:.1f}" for one in rows.values())]
            for world, rows in found.items()
        ),
    )
    return found


def copies() -> None:
    say("\n### Who gets a sealed copy, adaptive wave, no net: a peer ≤ 5 min (night) / needless\n")
    sizes = (TOWN_40, POOLED_150)
    table(
        ["", *(size.name for size in sizes)],
        (
            [
                sealing.value,
                *(short(row(policies.ADAPTIVE, size, sealing=sealing)) for size in sizes),
            ]
            for sealing in Sealing
        ),
    )


def goals(
    speed: dict[str, Row], with_net: dict[str, Row], worlds: dict[str, dict[str, Row]]
) -> Iterable[list[str]]:
    """The goals of the design, each beside what was measured."""
    adaptive, bound = speed[policies.ADAPTIVE.name], speed[policies.BOUND.name]
    net = with_net[policies.ADAPTIVE.name]
    behind = {name: bound[name].mean - adaptive[name].mean for name in ("peer 5", "peer 5 night")}
    worst = max(
        rows[policies.RING_THREE.name]["peer 5"].mean - rows[policies.ADAPTIVE.name]["peer 5"].mean
        for world, rows in worlds.items()
    )
    yield at_most("adaptive behind the bound, points", behind["peer 5"], 1.5)
    yield at_most("at night, points", behind["peer 5 night"], 3)
    yield at_most("its needless rings a request", adaptive["needless"].mean, 3.2)
    yield at_most("night wake-ups per peer-month", adaptive["needless night month"].mean, 1.4)
    yield at_least("with the net: anybody ≤ 5 min, %", net["human 5"].mean, 99.3)
    yield at_least("at night, %", net["human 5 night"].mean, 99)
    yield at_least("anybody ≤ 15 min, %", net["human 15"].mean, 99.9)
    yield at_most("median, s", net["median"].mean, 50)
    yield at_most("worst world: adaptive behind ring three, points", worst, 2)


def at_most(name: str, found: float, limit: float) -> list[str]:
    return [name, f"{found:.2f}", f"≤ {limit:g}", "met" if found <= limit else "NOT met"]


def at_least(name: str, found: float, limit: float) -> list[str]:
    return [name, f"{found:.2f}", f"≥ {limit:g}", "met" if found >= limit else "NOT met"]


def row(
    way: Way,
    size: Size,
    *,
    net: bool = False,
    world: str = "as assumed",
    sealing: Sealing = Sealing.AS_SHIPPED,
) -> Row:
    histories = size.histories if world == "as assumed" else WORLD_HISTORIES
    played = worlds_of(size, world=world, sealing=sealing)[:histories]
    return mean_of([figures(way.through(one, net=net)) for one in played])


@cache
def worlds_of(
    size: Size, *, world: str = "as assumed", sealing: Sealing = Sealing.AS_SHIPPED
) -> Sequence[World]:
    assumptions: Assumptions = harsher(world) if world != "as assumed" else AS_ASSUMED
    return [
        World(size, seed=seed, assumptions=assumptions, sealing=sealing)
        for seed in range(size.histories)
    ]


def cells(one: Row, columns: Iterable[str]) -> list[str]:
    return [cell(one[name], name) for name in columns]


def cell(found: Estimate, name: str) -> str:
    digits = 0 if name == "median" else 2 if name in {"gini", "needless night month"} else 1
    error = f" ± {found.error:.{digits}f}" if name.startswith(("peer 5", "human 5")) else ""
    return f"{found.mean:.{digits}f}{error}"


def short(one: Row) -> str:
    day, night, needless = (one[name] for name in SHORT)
    return f"{day.mean:.1f} ({night.mean:.1f}) / {needless.mean:.1f}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    say(f"| {' | '.join(head)} |")
    say(f"| {' | '.join('---' for _ in head)} |")
    for one in rows:
        say(f"| {' | '.join(one)} |")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
