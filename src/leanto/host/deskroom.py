"""The desk as a host serves it: its pages, and what it does by itself beside them."""

from leanto.desk.site.asgi import create_app
from leanto.desk.site.configuration import DeskConfig
from leanto.host.clock import Clock, moment
from leanto.host.config import Config
from leanto.host.deskwork import Work, publishing, telling
from leanto.host.origins import App, without_lines
from leanto.host.readiness import Pulse, desk_look, with_metrics, with_readiness
from leanto.host.rooms import Room


def desk_room(config: Config, *, clock: Clock) -> tuple[App, list[Work]]:
    """Its application, and the work to be done as long as it serves."""
    pulse = Pulse()
    desk = without_lines(create_app(desk_config(config, clock=clock)))
    if config.runs(Room.WATCH):  # elsewhere there is nothing of it to hand out
        desk = with_metrics(desk, config.watch_data)
    look = desk_look(config, pulse=pulse)
    work = [publishing(clock, pulse), telling(clock)]
    return with_readiness(desk, look, pocket=config.pocket), work


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
        postgres=config.desk_database,
        now=lambda: moment(clock),
    )
