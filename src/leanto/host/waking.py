"""A program's notifier: its settings, the secret it shares with the mailroom, its server."""

import contextlib
import os
from pathlib import Path
from secrets import token_bytes
from urllib.parse import urlsplit

import uvicorn

from leanto.doorway.serving import uvicorn_settings
from leanto.host.clock import Clock
from leanto.host.config import Config, ConfigError
from leanto.host.origins import by_host
from leanto.host.rooms import Room
from leanto.mailroom.config import NotifierPlace
from leanto.notifier.app import create_app
from leanto.notifier.config import NotifierConfig
from leanto.notifier.keys import SECRET_FILE, SECRET_SIZE

LOOPBACK = "127.0.0.1"
EVERYWHERE = {"", "0.0.0.0", "::"}  # noqa: S104 - told apart from an address, not listened on


def run(config: Config, *, clock: Clock) -> None:
    """Serve until told to end, on a port of its own."""
    _refuse_without(config.notifier_data / SECRET_FILE)
    app = create_app(config=notifier_config(config), clock=clock)
    settings = uvicorn.Config(
        by_host({urlsplit(config.notifier).hostname or "": app}, lifespan=app),
        host=config.host,
        port=config.notifier_port,
        timeout_graceful_shutdown=1,
        **uvicorn_settings(),
    )
    with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it again once all is shut
        uvicorn.Server(settings).run()


def notifier_config(config: Config) -> NotifierConfig:
    """What the notifier is told, and no more."""
    return NotifierConfig(
        folder=config.notifier_data,
        pocket_origin=config.pocket,
        contact=config.security_contact or config.pocket,
        channels=config.channels,
        mail=config.mail,
    )


def notifier_place(config: Config) -> NotifierPlace | None:
    """What the mailroom is told of the notifier, and no more."""
    if not config.notifier:
        return None
    parts, secret = urlsplit(config.notifier), config.mailroom_data / SECRET_FILE
    name, tls = parts.hostname or "", parts.scheme == "https"
    if config.runs(Room.NOTIFIER):
        address = LOOPBACK if config.host in EVERYWHERE else config.host
        return NotifierPlace(address=address, port=config.notifier_port, name=name, secret=secret)
    _refuse_without(secret)
    port = parts.port or (443 if tls else 80)
    address = LOOPBACK if name.endswith(".localhost") else name
    return NotifierPlace(address=address, port=port, name=name, secret=secret, tls=tls)


def share_secret(config: Config) -> None:
    """Makes what the mailroom shows to the notifier, once, and puts it into both folders."""
    if config.notifier and config.runs(Room.NOTIFIER) and config.runs(Room.MAILROOM):
        share_secret_between(config.notifier_data, config.mailroom_data)


def share_secret_between(*folders: Path) -> None:
    """The same for these folders, wherever they are carried then."""
    files = [one / SECRET_FILE for one in folders]
    if all(one.exists() for one in files):
        return
    secret = token_bytes(SECRET_SIZE)
    for one in files:
        _write(one, secret)


def _refuse_without(secret: Path) -> None:
    if not secret.exists():
        raise ConfigError(
            f"{secret} is missing: the secret that mailroom and notifier share. Carry it there "
            "from the other one's folder, for this user alone."
        )


def _write(path: Path, secret: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(secret)
