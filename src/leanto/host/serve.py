"""Serves the rooms of a folder in one process, each behind its own host name.

The desk is loaded only where it runs: a mailroom apart needs no Django and reads no desk's code.
"""

import contextlib
from collections.abc import Callable, Coroutine
from urllib.parse import urlsplit

import uvicorn

from leanto.doorway.serving import uvicorn_settings
from leanto.host import pocketfiles
from leanto.host.children import children_of
from leanto.host.clock import Clock
from leanto.host.config import Config
from leanto.host.forgetting import forgetting
from leanto.host.handover import databases
from leanto.host.lifespan import nothing_else, with_work
from leanto.host.origins import App, by_host
from leanto.host.readiness import nothing_to_look_at, with_readiness
from leanto.host.rooms import ALL, Room
from leanto.host.securitytxt import with_security_txt
from leanto.host.waking import notifier_place, share_secret
from leanto.mailroom.app import create_app as create_mailroom
from leanto.mailroom.config import MailroomConfig
from leanto.mailroom.store.opening import prepare

BEHIND_ONE_PORT = {Room.POCKET, Room.DESK, Room.MAILROOM}
RECEIPT_KEY = "receipt.key"


def run(config: Config, *, clock: Clock, running: tuple[str, ...] = ALL) -> None:
    """Serve until Ctrl-C those of this folder's rooms. No access log: who opened what is nobody's
    business."""
    if Room.MAILROOM in set(config.rooms) & set(running):
        # Refused here in a sentence, later in a traceback.
        prepare(mailroom_config(config).database)
    settings = uvicorn.Config(
        create_program(config, clock=clock, running=running),
        host=config.host,
        port=config.port,
        timeout_graceful_shutdown=3,
        **uvicorn_settings(),  # what the mailroom demands is good for the other rooms too
    )
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it again once all is shut
        uvicorn.Server(settings).run()


def beside(config: Config, *, running: tuple[str, ...] = ALL) -> list[list[str]]:
    """What runs beside the rooms, in processes of their own."""
    share_secret(config)
    here = [one for one in config.rooms if one in running]
    notifier = ["notifier"] if Room.NOTIFIER in here and config.notifier else []
    return children_of(config.data, *notifier, *(["watch"] if Room.WATCH in here else []))


def create_program(config: Config, *, clock: Clock, running: tuple[str, ...] = ALL) -> App:
    """Those rooms that run here, behind their host names."""
    here, rooms = set(config.rooms) & set(running), dict[str, App]()
    at_work: App = nothing_else
    # Looked up anew each time: the notifier's begins with its first start.
    work: list[Callable[[], Coroutine[None, None, None]]] = [
        forgetting(lambda: databases(config).values())
    ]
    if Room.POCKET in here:
        pocket = pocketfiles.create_app(
            mailroom=config.mailroom, desk=config.desk, notifier=config.notifier
        )
        rooms[_name(config.pocket)] = with_readiness(
            pocket, nothing_to_look_at, pocket=config.pocket
        )
    if Room.DESK in here:
        from leanto.host.deskroom import desk_room  # noqa: PLC0415 -- loads Django

        rooms[_name(config.desk)], its_work = desk_room(config, clock=clock)
        work += its_work
    if Room.MAILROOM in here:
        at_work = create_mailroom(config=mailroom_config(config), clock=clock)
        rooms[_name(config.mailroom)] = at_work
    told = with_security_txt(rooms, contact=config.security_contact, clock=clock)
    for one in work:
        at_work = with_work(at_work, one)
    return by_host(told, at_work)


def mailroom_config(config: Config) -> MailroomConfig:
    """What the mailroom is told, and no more."""
    return MailroomConfig(
        database=config.mailroom_database or config.mailroom_data / "mailroom.sqlite3",
        receipt_key=config.mailroom_data / RECEIPT_KEY,
        pocket_origin=config.pocket,
        fingerprint=bytes.fromhex(config.fingerprint),
        zone=config.time_zone,
        notifier=notifier_place(config),
        adaptive=config.adaptive,
    )


def _name(origin: str) -> str:
    return urlsplit(origin).hostname or ""
