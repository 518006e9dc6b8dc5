"""Draws what each way costs and misses: needless rings against night requests without a peer.

Plain SVG, no library: a light and a dark look by the reader's own setting.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from leanto.rules import wave
from leanto.sim.dispatch import policies
from leanto.sim.dispatch.baselines import Steps
from leanto.sim.dispatch.loop import Town
from leanto.sim.dispatch.measures import figures, mean_of
from leanto.sim.dispatch.policies import Way
from leanto.sim.dispatch.world import World

THETAS = (0.4, 0.5, 0.6, 0.7, 0.8)
FIXED = (1, 2, 3, 5, 7)
WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 40, 60
RINGS_MOST = 8.0
MISSED_LEAST, MISSED_MOST = 0.3, 100.0
TICKS = (0.5, 1, 2, 5, 10, 20, 50, 100)

# Where a name would lie on another: how far right and down of its dot, and which end is there.
PLACES = {
    "ring 5": (0, 20, "middle"),
    "ring 7": (0, 20, "middle"),
    "θ 0.4": (-9, -4, "end"),
    "θ 0.5": (0, 20, "middle"),
    "θ 0.6": (0, 20, "middle"),
    "θ 0.7": (0, -9, "middle"),
    "sealed plan": (-9, 0, "end"),
    "ring three as it ships": (-4, 34, "middle"),
}

STYLE = """
  text { font: 14px system-ui, sans-serif; fill: #222 }
  .axis, .tick { stroke: #999; fill: none } .tick { stroke-dasharray: 2 4 }
  .steps { stroke: #8a5a00; fill: none; stroke-width: 2 } .steps-dot { fill: #8a5a00 }
  .wave { stroke: #0b5cad; fill: none; stroke-width: 2 } .wave-dot { fill: #0b5cad }
  .other-dot { fill: #555 }
  @media (prefers-color-scheme: dark) {
    text { fill: #ddd } .axis, .tick { stroke: #777 }
    .steps { stroke: #f0b450 } .steps-dot { fill: #f0b450 }
    .wave { stroke: #7db8f5 } .wave-dot { fill: #7db8f5 } .other-dot { fill: #bbb }
  }
"""


@dataclass(frozen=True, slots=True)
class Point:
    """One way of ringing on the picture."""

    name: str
    needless: float
    missed: float
    """Percent of night requests that no peer answered within 5 minutes."""


def draw(path: Path, worlds: Sequence[World]) -> None:
    """Measures each point in these worlds and writes the picture."""
    steps = [_point(f"ring {k}", _steps(k), worlds) for k in FIXED]
    waves = [_wave_point(theta, worlds) for theta in THETAS]
    others = [
        _point(name, way, worlds)
        for name, way in {
            "phone list": policies.PHONE_LIST,
            "on-call product": policies.ON_CALL,
            "ring three as it ships": policies.RING_THREE,
            "sealed plan": policies.SEALED_PLAN,
            "one who knows all": policies.BOUND,
        }.items()
    ]
    path.write_text(_svg(steps, waves, others))


def _steps(at_once: int) -> Way:
    way = Steps(at_once, 60 if at_once == 1 else 90)
    return Way(f"ring {at_once}", lambda world, net: Town(world, way, net=net).run())


def _wave_point(theta: float, worlds: Sequence[World]) -> Point:
    with patch.object(wave, "THETA", theta):
        return _point(f"θ {theta:g}", policies.ADAPTIVE, worlds)


def _point(name: str, way: Way, worlds: Sequence[World]) -> Point:
    found = mean_of([figures(way.through(world)) for world in worlds])
    return Point(name, found["needless"].mean, 100 - found["peer 5 night"].mean)


def _svg(steps: list[Point], waves: list[Point], others: list[Point]) -> str:
    parts = [
        *_axes(),
        _line("steps", steps),
        _line("wave", waves),
        *(_dot("steps", point) for point in steps),
        *(_dot("wave", point) for point in waves),
        *(_dot("other", point) for point in others),
        _text(WIDTH - RIGHT - 210, TOP + 20, "— fixed number, by waves", "steps-dot"),
        _text(WIDTH - RIGHT - 210, TOP + 40, "— adaptive wave, as it ships", "wave-dot"),
    ]
    label = "Needless rings a request against night requests without a peer within five minutes"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{label}">\n<style>{STYLE}</style>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _axes() -> list[str]:
    parts = [f'<path class="axis" d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>']
    for percent in TICKS:
        y = _y(percent)
        parts.append(f'<path class="tick" d="M{LEFT} {y:.0f}H{WIDTH - RIGHT}"/>')
        parts.append(_text(LEFT - 8, y + 5, f"{percent:g} %", anchor="end"))
    numbers = [
        _text(_x(rings), HEIGHT - BOTTOM + 20, str(rings), anchor="middle")
        for rings in range(int(RINGS_MOST) + 1)
    ]
    middle = (LEFT + WIDTH - RIGHT) / 2
    across = _text(middle, HEIGHT - 12, "needless rings a request", anchor="middle")
    up = _text(8, TOP - 20, "night requests without a peer within 5 minutes")
    return [*parts, *numbers, across, up]


def _line(kind: str, points: list[Point]) -> str:
    path = " L".join(f"{_x(one.needless):.1f} {_y(one.missed):.1f}" for one in points)
    return f'<path class="{kind}" d="M{path}"/>'


def _dot(kind: str, point: Point) -> str:
    x, y = _x(point.needless), _y(point.missed)
    right, down, anchor = PLACES.get(point.name, (7, -6, "start"))
    label = _text(x + right, y + down, point.name, anchor=anchor)
    return f'<circle class="{kind}-dot" cx="{x:.1f}" cy="{y:.1f}" r="4"/>{label}'


def _text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    look = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}"{look}>{words}</text>'


def _x(rings: float) -> float:
    return LEFT + min(rings, RINGS_MOST) / RINGS_MOST * (WIDTH - LEFT - RIGHT)


def _y(missed: float) -> float:
    """Logarithmic: from one miss in three hundred to all."""
    share = math.log(max(missed, MISSED_LEAST) / MISSED_LEAST)
    return HEIGHT - BOTTOM - share / math.log(MISSED_MOST / MISSED_LEAST) * (HEIGHT - TOP - BOTTOM)
