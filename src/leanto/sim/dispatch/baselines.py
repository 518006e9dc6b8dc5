"""Ways of ringing that others use, and the two bounds: a printed list, and one who knows all.

None of these goes through the rule that ships: they are what it is measured against.
"""

from dataclasses import dataclass

from leanto.rules import backstop
from leanto.sim.dispatch.assumptions import Part
from leanto.sim.dispatch.chance import Purpose
from leanto.sim.dispatch.loop import Look, Town
from leanto.sim.dispatch.records import Ending, Open, Outcome, Person, Phone, Run
from leanto.sim.dispatch.world import Asking, World, logistic

GOES_ON_SECONDS = 1800
"""A baseline rings nobody new after half an hour."""


@dataclass(frozen=True, slots=True)
class Steps:
    """So many new phones, then after a step so many more; the earlier ones go on ringing.

    One each 5 minutes is what on-call products do, whose steps are whole minutes.
    """

    at_once: int
    step_seconds: int
    net_after_seconds: tuple[int, ...] = (
        backstop.FIRST_AFTER_SECONDS,
        backstop.FIRST_AFTER_SECONDS + backstop.NEXT_AFTER_SECONDS,
    )

    def look(self, town: Town, request: Open, now: int) -> Look:
        waited = now - request.asking.at_seconds
        ring: list[int] = []
        if waited % self.step_seconds == 0 and waited < GOES_ON_SECONDS:
            ring += self._next(town, request, now)
        ring += self._net(town, request, waited)
        looks = [waited - waited % self.step_seconds + self.step_seconds]
        looks += [after for after in self.net_after_seconds if after > waited]
        return Look(tuple(ring), request.asking.at_seconds + min(looks))

    def guess(self, town: Town, request: Open, person: int, now: int) -> float | None:
        return None

    def learn(self, town: Town, request: Open, phone: Phone, now: int) -> None:
        pass

    def _next(self, town: Town, request: Open, now: int) -> list[int]:
        """By tier, and in it whoever was burdened least."""
        tiers = request.asking.tiers
        fresh = [
            (tier, town.burden(person, now), person)
            for person, tier in enumerate(tiers[: town.world.peers])
            if tier is not None
            and person not in request.phones
            and town.can_be_rung(person, request, now)
        ]
        return [person for _, _, person in sorted(fresh)[: self.at_once]]

    def _net(self, town: Town, request: Open, waited: int) -> list[int]:
        if not town.net:
            return []
        peers = town.world.peers
        due = sum(after <= waited for after in self.net_after_seconds)
        return [one for one in range(peers, peers + due) if one not in request.phones]


def by_printed_list(world: World) -> Run:
    """The officer dials from the top, and gives up a little with each number; some call back."""
    persons = [Person() for _ in range(world.persons)]
    outcomes = [_dials(world, asking, persons) for asking in world.askings]
    return Run(world, outcomes, persons, [])


def by_one_who_knows(world: World, *, among_copies: bool = False) -> Run:
    """Rings only the one who will answer first; nobody is ever busy or tired.

    `among_copies`: of those who got a sealed copy, which is the most that any mailroom can do.
    """
    outcomes = [_first_of_all(world, asking, among_copies=among_copies) for asking in world.askings]
    return Run(world, outcomes, [Person() for _ in range(world.persons)], [])


def _dials(world: World, asking: Asking, persons: list[Person]) -> Outcome:
    known, chance, number = world.assumptions, world.chance, asking.number
    waited, dialled, called_back = 0, 0, []
    share = known.list_accepts_share
    if asking.part is Part.NIGHT:
        share *= known.list_accepts_night_share
    for peer in range(world.peers):
        if peer in asking.must_not:
            continue
        accepts = logistic(asking.willing_logits[peer]) * share
        answers = chance.share(Purpose.LIST_ACCEPTS, number, peer) < accepts
        if answers and persons[peer].busy_until <= asking.at_seconds:
            waited += known.list_talk_starts_seconds
            _talks(world, asking, persons[peer], peer)
            return Outcome(asking, Ending.PEER, waited, dialled, 0)
        waited, dialled = waited + known.list_rings_seconds, dialled + 1
        if chance.share(Purpose.LIST_CALLS_BACK, number, peer) < known.list_calls_back:
            called_back.append(waited + _calls_back_after(world, asking, peer))
        if chance.share(Purpose.LIST_GIVES_UP, number, peer) < known.list_gives_up:
            break
    if called_back:
        return Outcome(asking, Ending.PEER, min(called_back), dialled, 0)
    return Outcome(asking, Ending.LEFT, waited, dialled, 0)


def _calls_back_after(world: World, asking: Asking, peer: int) -> int:
    known = world.assumptions
    after = world.lognormal(
        Purpose.LIST_CALLS_BACK_DELAY,
        asking,
        peer,
        known.list_calls_back_median_seconds,
        known.list_calls_back_sigma,
    )
    return after + (known.list_calls_back_night_seconds if asking.part is Part.NIGHT else 0)


def _talks(world: World, asking: Asking, who: Person, peer: int) -> None:
    who.talks += 1
    who.busy_until = asking.at_seconds + world.busy_seconds(asking, peer)


def _first_of_all(world: World, asking: Asking, *, among_copies: bool) -> Outcome:
    copies = [copy.person for copy in asking.copies]
    asked = copies if among_copies else range(world.peers)
    taps = [
        after
        for person in asked
        if person < world.peers and asking.tiers[person] is not None
        if (after := world.answers_after_seconds(asking, person, tired=0)) is not None
    ]
    connected = min(taps, default=world.assumptions.watched_seconds)
    connected += world.assumptions.connect_seconds
    if connected > asking.gives_up_seconds:
        return Outcome(asking, Ending.LEFT, asking.gives_up_seconds, 0, 0)
    return Outcome(asking, Ending.PEER if taps else Ending.NEVER, connected, 0, 0)


ON_CALL_PRODUCT = Steps(1, 300, (600, 900))
"""Its second and third line come at 10 and 15 minutes."""
RING_ONE = Steps(1, 60)
RING_FIVE = Steps(5, 90)
