"""A drill takes the ways of a ring: the open page, then one endpoint after the other."""

from leanto.doorway.calling import NotReached
from leanto.mailroom.drilling import going_on
from leanto.mailroom.room import Room
from leanto.mailroom.waking import endpoints_of
from leanto.rules.waking import places_due


class DrillWaker:
    """What the notifier has taken of each drill, in memory alone: no drill must outlive a crash."""

    def __init__(self) -> None:
        self._taken: dict[bytes, int] = {}

    async def wake_drilled(self, room: Room) -> None:
        """Wakes whatever is due now. A notifier that is down is asked again in a second."""
        if room.waker is None:
            return
        drills = await room.store.read(going_on)
        self._taken = {one.id: self._taken.get(one.id, 0) for one in drills}
        heard, duty, now = room.lines.heard(), room.board.duty(), room.now_seconds()
        lines = {duty[address].person for address in heard if address in duty}
        for drill in drills:
            places = places_due(rung_for_seconds=now - drill.at, line_open=drill.person in lines)
            await self._wake(room, drill.id, drill.person, places)

    async def _wake(self, room: Room, drill_id: bytes, person: bytes, places: int) -> None:
        if room.waker is None or self._taken[drill_id] >= places:
            return
        endpoint_ids = await room.store.read(lambda one: endpoints_of(one, person))
        try:
            for endpoint_id in endpoint_ids[self._taken[drill_id] : places]:
                await room.waker.notifier.wake(endpoint_id)
                self._taken[drill_id] += 1
        except NotReached:
            return
