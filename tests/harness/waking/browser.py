"""A browser's push service as its pages and its worker meet it: a subscription with real keys, and
what comes of what is sent to it."""

import json
from base64 import urlsafe_b64encode
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession

from tests.harness.cast import Person
from tests.harness.waking.phone import Phone

# A number whose bytes are letters comes through the browser's own door for tests, which takes text.
PAGE = (Path(__file__).parent / "browser.js").read_text("utf-8")


class Pushed:
    """Somebody's browser: `phone` opens what its push service got, `delivers` hands it on."""

    def __init__(self, person: Person, *, origin: str, url: str) -> None:
        self.phone = Phone()
        self._person = person
        self._origin = origin
        held = {
            "endpoint": url,
            "keys": {"p256dh": _text(self.phone.public_key), "auth": _text(self.phone.auth)},
        }
        person.browser.grant_permissions(["notifications"], origin=origin)
        person.browser.add_init_script(f"({PAGE})({json.dumps(held)})")

    def delivers(self, payload: bytes) -> None:
        """As the push service does to a worker; resolved when the browser took it."""
        session = self._person.browser.new_cdp_session(self._person.page)
        registration = _registration(self._person, session)
        text = payload.decode("ascii")
        told = {"origin": self._origin, "registrationId": registration, "data": text}
        session.send("ServiceWorker.deliverPushMessage", told)
        session.detach()

    def shown(self) -> list[dict[str, Any]]:
        """The notifications that stand on this phone now."""
        found: list[dict[str, Any]] = self._person.page.evaluate(
            """async () => {
              const { getNotifications } = ServiceWorkerRegistration.prototype
              const shown = await getNotifications.call(await navigator.serviceWorker.ready)
              return shown.map(({ title, body, tag }) => ({ title, body, tag }))
            }"""
        )
        return found


def _registration(person: Person, session: CDPSession) -> str:
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(one["registrationId"] for one in told["registrations"]),
    )
    session.send("ServiceWorker.enable")
    for _ in range(100):
        if found:
            return found[-1]
        person.page.wait_for_timeout(50)  # the browser tells in its own time
    raise AssertionError("this browser has no worker")


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()
