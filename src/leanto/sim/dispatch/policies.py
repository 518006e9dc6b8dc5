"""Every way of ringing that is compared, by the name that the tables give it."""

from collections.abc import Callable
from dataclasses import dataclass

from leanto.rules.escalation import Wish
from leanto.sim.dispatch import baselines
from leanto.sim.dispatch.loop import Policy, Town
from leanto.sim.dispatch.records import Run
from leanto.sim.dispatch.shipping import Shipped
from leanto.sim.dispatch.world import World


@dataclass(frozen=True, slots=True)
class Way:
    """One way of ringing."""

    name: str
    _run: Callable[[World, bool], Run]

    def through(self, world: World, *, net: bool = False) -> Run:
        """Its way through a world; `net`: backstops may be rung, and the outside line answers."""
        return self._run(world, net)


def through_town(make: Callable[[], Policy]) -> Callable[[World, bool], Run]:
    """A new policy for each history: what one learned, the next does not know."""
    return lambda world, net: Town(world, make(), net=net).run()


def without_net(run: Callable[[World], Run]) -> Callable[[World, bool], Run]:
    return lambda world, _net: run(world)


PHONE_LIST = Way("printed phone list", without_net(baselines.by_printed_list))
ON_CALL = Way("on-call product, 5-minute steps", through_town(lambda: baselines.ON_CALL_PRODUCT))
RING_ONE = Way("ring one, 60 s", through_town(lambda: baselines.RING_ONE))
RING_FIVE = Way("ring five, 90 s waves", through_town(lambda: baselines.RING_FIVE))
RING_THREE = Way("ring three (ships)", through_town(lambda: Shipped(adaptive=False)))
ADAPTIVE = Way("adaptive wave (ships)", through_town(lambda: Shipped(adaptive=True)))
SEALED_PLAN = Way(
    "sealed plan (ships)", through_town(lambda: Shipped(adaptive=True, sealed_plans=True))
)
CHOSEN = Way(
    "chosen peer first (ships)",
    through_town(lambda: Shipped(adaptive=True, wish=Wish.CHOSEN_FIRST)),
)
BOUND = Way("one who knows all", without_net(baselines.by_one_who_knows))

WAYS = (PHONE_LIST, ON_CALL, RING_ONE, RING_FIVE, RING_THREE, ADAPTIVE, SEALED_PLAN, CHOSEN, BOUND)
