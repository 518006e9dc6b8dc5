"""Does every room answer where the settings say, and does it take work?"""

from collections.abc import Iterator

from leanto.host.config import Config
from leanto.sim.pocket.rooms import ask
from leanto.watch.faults import Fault, Kind

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
