"""The notifier while it is open: everything a route may touch."""

from dataclasses import dataclass

from leanto.notifier.config import Clock, NotifierConfig
from leanto.notifier.delivering import Deliverer
from leanto.notifier.keys import EndpointKey, Secret
from leanto.notifier.store import Store

DAY_SECONDS = 86_400
HOUR_SECONDS = 3600


@dataclass(frozen=True, kw_only=True)
class Room:
    """`server_key`: 65 bytes, by which push services know this program."""

    config: NotifierConfig
    clock: Clock
    store: Store
    endpoint_key: EndpointKey
    secret: Secret
    server_key: bytes
    deliverer: Deliverer

    def now_seconds(self) -> int:
        return self.clock.seconds()

    def today(self) -> int:
        """The day as spec/README.md counts it."""
        return self.clock.seconds() // DAY_SECONDS

    def hour(self) -> int:
        return self.clock.seconds() // HOUR_SECONDS
