"""Does every room answer where the settings say, and does it take work?"""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterator

from leanto.host.config import Config
from leanto.notifier.keys import SECRET_FILE
from leanto.sim.pocket.rooms import ask
from leanto.watch.faults import Fault, Kind
from leanto.wire.endpoints import ENDPOINT_ID_SIZE, EndpointNamed

READY = 204


def origins(config: Config) -> dict[str, str]:
    """Each room that the settings name, by its name on screen."""
    found = {"mailroom": config.mailroom, "desk": config.desk, "pocket": config.pocket}
    return found | ({"notifier": config.notifier} if config.notifier else {})


def room_faults(room: str, origin: str) -> Iterator[Fault]:
    """Asks `/readyz`, and hands on what it says."""
    try:
        answer = ask("GET", origin, "/readyz")
    except OSError as broken:
        said = f"The {room} does not answer at {origin} ({type(broken).__name__})."
        yield Fault(Kind.ROOM_SILENT, said, room)
        return
    if answer.status == READY:
        return
    problem, detail = answer.problem()
    if problem == "not-ready":
        yield Fault(Kind.ROOM_NOT_READY, f"The {room} takes no work: {detail}", room)
    else:
        said = f"At {origin} something else answers than the {room} ({problem})."
        yield Fault(Kind.ROOM_SILENT, said, room)


def wake_faults(config: Config, *, silent: Collection[str]) -> Iterator[Fault]:
    """Does the notifier take a wake from the mailroom? One for a phone that is nobody's."""
    path = config.mailroom_data / SECRET_FILE
    if not config.notifier or "notifier" in silent or not path.exists():
        return
    secret = urlsafe_b64encode(path.read_bytes()).rstrip(b"=").decode()
    body = EndpointNamed(secrets.token_bytes(ENDPOINT_ID_SIZE)).write()
    shown = {"Authorization": f"Bearer {secret}"}
    try:
        problem, _ = ask("POST", config.notifier, "/wakes", body, shown).problem()
    except OSError as broken:
        problem = type(broken).__name__
    if problem != "endpoint-unknown":
        said = f"The notifier takes no wake from the mailroom ({problem})."
        yield Fault(Kind.WAKES, said)
