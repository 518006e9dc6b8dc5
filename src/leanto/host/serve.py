"""Starts a whole program in one process: three rooms, three origins, two databases."""

import contextlib
from urllib.parse import urlsplit

import uvicorn

from leanto.desk.site.configuration import DeskConfig
from leanto.doorway.serving import uvicorn_settings
from leanto.host import pocketfiles
from leanto.host.children import children_of
from leanto.host.clock import Clock, moment
from leanto.host.config import Config
from leanto.host.deskwork import publishing, telling
from leanto.host.forgetting import forgetting
from leanto.host.handover import databases
from leanto.host.lifespan import with_work
from leanto.host.origins import App, by_host, without_lines
from leanto.host.readiness import (
    Pulse,
    desk_look,
    nothing_to_look_at,
    with_metrics,
    with_readiness,
)
from leanto.host.securitytxt import with_security_txt
from leanto.host.waking import notifier_place, share_secret
from leanto.mailroom.app import create_app as create_mailroom
from leanto.mailroom.config import MailroomConfig
from leanto.mailroom.store.sqlite import prepare


def run(config: Config, *, clock: Clock) -> None:
    """Serve until Ctrl-C. No access log: who opened what is nobody's business."""
    prepare(mailroom_config(config).database)  # refused here in a sentence, later in a traceback
    settings = uvicorn.Config(
        create_program(config, clock=clock),
        host=config.host,
        port=config.port,
        timeout_graceful_shutdown=3,
        **uvicorn_settings(),  # what the mailroom demands is good for the other rooms too
    )
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it again once all is shut
        uvicorn.Server(settings).run()


def beside(config: Config) -> list[list[str]]:
    """What runs beside the rooms, in processes of their own."""
    share_secret(config)
    return children_of(config.data, *(["notifier"] if config.notifier else []), "watch")


def create_program(config: Config, *, clock: Clock) -> App:
    """The three rooms of one program behind their host names."""
    from leanto.desk.site.asgi import create_app as create_desk  # noqa: PLC0415 -- see opening.py

    desk = create_desk(desk_config(config, clock=clock))
    mailroom = create_mailroom(config=mailroom_config(config), clock=clock)
    pocket = pocketfiles.create_app(
        mailroom=config.mailroom, desk=config.desk, notifier=config.notifier
    )
    pulse = Pulse()
    seen = with_metrics(without_lines(desk), config.watch_data)
    look = desk_look(config, pulse=pulse)
    rooms: dict[str, App] = {
        _name(config.pocket): with_readiness(pocket, nothing_to_look_at, pocket=config.pocket),
        _name(config.desk): with_readiness(seen, look, pocket=config.pocket),
        _name(config.mailroom): mailroom,
    }
    told = with_security_txt(rooms, contact=config.security_contact, clock=clock)
    at_work = mailroom
    # Looked up anew each time: the notifier's begins with its first start.
    copies = forgetting(lambda: databases(config).values())
    for work in (publishing(clock, pulse), telling(clock), copies):
        at_work = with_work(at_work, work)
    return by_host(told, at_work)


def desk_config(config: Config, *, clock: Clock) -> DeskConfig:
    """What the desk is told, and no more."""
    return DeskConfig(
        data=config.desk_data,
        name=config.name,
        region=config.region,
        time_zone=config.time_zone,
        fingerprint=config.fingerprint,
        pocket=config.pocket,
        desk=config.desk,
        mailroom=config.mailroom,
        mail=config.mail,
        trusted_proxies=config.trusted_proxies,
        now=lambda: moment(clock),
    )


def mailroom_config(config: Config) -> MailroomConfig:
    """What the mailroom is told, and no more."""
    return MailroomConfig(
        database=config.mailroom_data / "mailroom.sqlite3",
        receipt_key=config.mailroom_data / "receipt.key",
        pocket_origin=config.pocket,
        fingerprint=bytes.fromhex(config.fingerprint),
        zone=config.time_zone,
        notifier=notifier_place(config),
        adaptive=config.adaptive,
    )


def _name(origin: str) -> str:
    return urlsplit(origin).hostname or ""
