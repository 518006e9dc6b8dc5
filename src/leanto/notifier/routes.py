"""Every door of the notifier, who may knock, and how long a knock is."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum

from leanto.doorway.answers import Outcome
from leanto.doorway.bodies import Question, Size, exactly
from leanto.notifier import endpoints, readiness, wakes
from leanto.notifier.room import Room
from leanto.wire.endpoints import Endpoint, EndpointNamed


class Access(Enum):
    """What a request must bring. Only `WITH_SECRET` sees the Authorization header at all."""

    PUBLIC = "anyone"
    WITH_ENDPOINT_ID = "the random number of an endpoint, in the body"
    WITH_SECRET = "what the mailroom alone shares with this room"  # noqa: S105 - says what to bring


@dataclass(frozen=True, slots=True)
class Route:
    """Nothing has a default, least of all access."""

    method: str
    access: Access
    size: Size
    answer: Callable[[Room, Question], Awaitable[Outcome]]


NAMED = exactly(EndpointNamed.SIZE)
OWNER = Access.WITH_ENDPOINT_ID

ROUTES = {
    "/livez": Route("GET", Access.PUBLIC, exactly(0), readiness.live),
    "/readyz": Route("GET", Access.PUBLIC, exactly(0), readiness.ready),
    "/channels": Route("GET", Access.PUBLIC, exactly(0), endpoints.channels),
    "/endpoints": Route("POST", Access.PUBLIC, exactly(Endpoint.SIZE), endpoints.make),
    "/endpoints/forget": Route("POST", OWNER, NAMED, endpoints.forget),
    "/endpoints/state": Route("POST", OWNER, NAMED, endpoints.state),
    "/endpoints/alive": Route("POST", OWNER, NAMED, endpoints.alive),
    "/wakes": Route("POST", Access.WITH_SECRET, NAMED, wakes.wake),
    "/wakes/keep": Route("POST", Access.WITH_SECRET, NAMED, wakes.keep),
}
