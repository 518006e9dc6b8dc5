"""Web push: one POST to the service that the browser chose, of the operator's list."""

from secrets import token_bytes
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec

from leanto.doorway.calling import NotReached, place_of, post
from leanto.notifier.allowed import is_private
from leanto.notifier.config import NotifierConfig
from leanto.notifier.ways.reached import Reached
from leanto.notifier.ways.sealing import CURVE, seal, vapid
from leanto.wire.endpoints import Endpoint, Pushed, What

NO_MORE = frozenset({404, 410})


class Push:
    """One signing key for all, one sealing key for each push."""

    def __init__(self, config: NotifierConfig, key: ec.EllipticCurvePrivateKey) -> None:
        self._config = config
        self._key = key

    async def reach(self, endpoint: Endpoint, what: What, *, now_seconds: int) -> Reached:
        parts = urlsplit(endpoint.address)
        try:
            body = seal(
                Pushed(what, endpoint.id).write(),
                public_key=endpoint.public_key,
                auth=endpoint.auth,
                ours=ec.generate_private_key(CURVE),
                salt=token_bytes(16),
            )
        except ValueError:  # no key that any browser made
            return Reached.GONE
        signature = vapid(
            audience=f"{parts.scheme}://{parts.netloc}",
            contact=self._config.contact,
            key=self._key,
            now_seconds=now_seconds,
        )
        headers = {
            "Authorization": signature,
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "TTL": "900",
            "Urgency": "high",
            "Topic": "wake",
        }
        try:
            private = is_private(endpoint.address, self._config)
            status = await post(await place_of(endpoint.address, private=private), body, headers)
        except NotReached:
            return Reached.NOT_YET
        if status in NO_MORE:
            return Reached.GONE
        return Reached.TAKEN if 200 <= status < 300 else Reached.NOT_YET
