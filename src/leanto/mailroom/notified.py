"""What the mailroom says to the notifier: wake this number, this one still counts. No more."""

from base64 import urlsafe_b64encode
from dataclasses import replace

from leanto.doorway.calling import NotReached, Place, post
from leanto.mailroom.config import NotifierPlace
from leanto.wire.endpoints import EndpointNamed

WITHIN_SECONDS = 5
TAKEN, GONE = 204, 404


class Notifier:
    """Where it is, and what it is shown."""

    def __init__(self, place: NotifierPlace) -> None:
        self._place = Place(place.address, place.port, place.name, "/", tls=place.tls)
        secret = urlsafe_b64encode(place.secret.read_bytes()).rstrip(b"=").decode()
        self._headers = {
            "Authorization": f"Bearer {secret}",
            "Content-Type": "application/octet-stream",
        }

    async def wake(self, endpoint_id: bytes) -> bool:
        """Is there such an endpoint? Then it is being woken. Raises NotReached: say it again."""
        return await self._said("/wakes", endpoint_id)

    async def keep(self, endpoint_id: bytes) -> bool:
        """Is there such an endpoint? Then it stays. Raises NotReached."""
        return await self._said("/wakes/keep", endpoint_id)

    async def _said(self, target: str, endpoint_id: bytes) -> bool:
        place, body = replace(self._place, target=target), EndpointNamed(endpoint_id).write()
        status = await post(place, body, self._headers, seconds=WITHIN_SECONDS)
        if status not in {TAKEN, GONE}:
            raise NotReached(str(status))
        return status == TAKEN
