"""Which endpoints a program takes: only kinds and hosts that its operator lists."""

from fnmatch import fnmatchcase
from re import fullmatch
from urllib.parse import urlsplit

from leanto.doorway.refusing import Refused
from leanto.mail.settings import is_address
from leanto.notifier.config import NotifierConfig
from leanto.wire.endpoints import Endpoint, Kind

TOPIC = r"[A-Za-z0-9_-]{1,64}"
NUMBER = r"\+[1-9][0-9]{6,14}"
TARGET = r"/[A-Za-z0-9._~!$&'()*+,;=:@%/?-]*"


class ChannelRefused(Refused):
    problem = "channel-refused"


def kinds(config: NotifierConfig) -> tuple[Kind, ...]:
    """In the order of their numbers."""
    channels = config.channels
    there = {
        Kind.PUSH: bool(channels.push_hosts),
        Kind.EMAIL: config.mail is not None,
        Kind.NTFY: bool(channels.ntfy),
        Kind.SMS: channels.sms_file is not None,
        Kind.PHONE: channels.phone_file is not None,
    }
    return tuple(kind for kind, allowed in there.items() if allowed)


def refuse_unless_allowed(endpoint: Endpoint, config: NotifierConfig) -> None:
    """Raises ChannelRefused."""
    fits = {
        Kind.PUSH: _is_push,
        Kind.EMAIL: lambda address, _: is_address(address),
        Kind.NTFY: _is_ntfy,
        Kind.SMS: _is_number,
        Kind.PHONE: _is_number,
    }[endpoint.kind]
    if endpoint.kind not in kinds(config) or not fits(endpoint.address, config):
        raise ChannelRefused


def is_private(url: str, config: NotifierConfig) -> bool:
    """Does the operator say that this host may stand in a network of their own?"""
    return urlsplit(url).netloc in config.channels.private_hosts


def _is_push(url: str, config: NotifierConfig) -> bool:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme != "https" and not (parts.scheme == "http" and is_private(url, config)):
        return False
    # Written as we would write it: no name and password, no tab, no other spelling of the host.
    plain = f"{parts.scheme}://{parts.netloc}"
    if parts.netloc.partition(":")[0] != host or not fullmatch(TARGET, url.removeprefix(plain)):
        return False
    return any(fnmatchcase(host, one) for one in config.channels.push_hosts)


def _is_ntfy(address: str, config: NotifierConfig) -> bool:
    origin, _, topic = address.rpartition("/")
    return origin in config.channels.ntfy and fullmatch(TOPIC, topic) is not None


def _is_number(address: str, _config: NotifierConfig) -> bool:
    return fullmatch(NUMBER, address) is not None
