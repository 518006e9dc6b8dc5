"""Makes a new program in an empty folder: settings, keys, databases, and the first question to the
key holder."""

from dataclasses import dataclass, replace
from pathlib import Path

from leanto.host.clock import Clock, moment
from leanto.host.config import FILE, Config, ConfigError, save
from leanto.host.opening import open_desk
from leanto.host.rooms import ALL, Room
from leanto.host.serve import RECEIPT_KEY, mailroom_config
from leanto.host.waking import share_secret, share_secret_between
from leanto.rules.weeks import day_of

CHARTER_REQUEST = "charter-request.txt"
PATIENCE_MINUTES = (10, 120, 1440)  # now, today, whenever: promises a program changes at its desk


@dataclass(frozen=True, kw_only=True)
class FirstWords:
    """What officers are told first: pack and list by the names they are shipped under."""

    pack: str
    helplines: str
    card_place: str


def found(config: Config, *, first: FirstWords, clock: Clock) -> Path:
    """Make the program and give the file to carry to the key holder, who signs its charter.

    Raises ConfigError where a program is already, and BadData for a pack or list nobody shipped.
    """
    _refuse_another(config.data)
    save(config)
    share_secret(config)
    return _begin(config, receipt_key=mailroom_config(config).receipt_key, first=first, clock=clock)


def found_apart(config: Config, *, first: FirstWords, clock: Clock) -> Path:
    """The same with a folder for each room in `config.data`, to be carried to where it runs.

    Each holds the settings and keys of its room and nothing of another. On one machine they get
    along too: pocket, desk and mailroom listen on three ports, one after the other.
    """
    apart = {
        room: replace(config, rooms=(room,), data=config.data / room, port=config.port + further)
        for further, room in enumerate(ALL)
        if room != Room.NOTIFIER or config.notifier
    }
    for one in apart.values():
        _refuse_another(one.data)
    for one in apart.values():
        save(one)
    mailroom, notifier = apart[Room.MAILROOM], apart.get(Room.NOTIFIER)
    if notifier:
        share_secret_between(notifier.notifier_data, mailroom.mailroom_data)
    receipt_key = mailroom.mailroom_data / RECEIPT_KEY
    return _begin(apart[Room.DESK], receipt_key=receipt_key, first=first, clock=clock)


def _refuse_another(data: Path) -> None:
    if (data / FILE).exists():
        raise ConfigError(f"There is a program in {data} already. Choose another folder.")


def _begin(desk: Config, *, receipt_key: Path, first: FirstWords, clock: Clock) -> Path:
    open_desk(desk.data, clock=clock)
    public = _make_keys(receipt_key, clock=clock)
    _tell_officers(first, clock=clock)
    from leanto.desk.bulletin.actions import charter_request  # noqa: PLC0415 -- see opening.py

    request = desk.data / CHARTER_REQUEST
    request.write_text(charter_request(receipt_key=public, now=moment(clock)), "ascii")
    return request


def _make_keys(receipt_key: Path, *, clock: Clock) -> bytes:
    from leanto.desk.admission.keys import key_folder  # noqa: PLC0415 -- see opening.py
    from leanto.desk.bulletin.keys import make_program_files  # noqa: PLC0415 -- see opening.py

    keys = make_program_files(
        folder=key_folder(), receipt_key=receipt_key, today=day_of(moment(clock))
    )
    return keys.receipt_key


def _tell_officers(first: FirstWords, *, clock: Clock) -> None:
    from leanto.desk.directory.actions import (  # noqa: PLC0415 -- see opening.py
        Patience,
        choose_helplines,
        choose_pack,
        set_terms,
    )

    now = moment(clock)
    now_minutes, today_minutes, whenever_minutes = PATIENCE_MINUTES
    choose_pack(name=first.pack, by=None, now=now)
    choose_helplines(name=first.helplines, by=None, now=now)
    set_terms(
        card_place_en=first.card_place,
        card_place_es=first.card_place,
        patience=Patience(
            now_minutes=now_minutes,
            today_minutes=today_minutes,
            whenever_minutes=whenever_minutes,
        ),
        by=None,
        now=now,
    )
