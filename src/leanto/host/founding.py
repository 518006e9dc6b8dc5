"""Makes a new program in an empty folder: settings, keys, databases, and the first question to the
key holder."""

from pathlib import Path

from leanto.host.clock import Clock, moment
from leanto.host.config import FILE, Config, ConfigError, save
from leanto.host.opening import open_desk
from leanto.host.serve import mailroom_config
from leanto.host.waking import share_secret
from leanto.rules.weeks import day_of

CHARTER_REQUEST = "charter-request.txt"
PATIENCE_MINUTES = (10, 120, 1440)  # now, today, whenever: promises a program changes at its desk


def found(config: Config, *, pack: str, helplines: str, card_place: str, clock: Clock) -> Path:
    """Make the program and give the file to carry to the key holder, who signs its charter.

    Raises ConfigError where a program is already, and BadData for a pack or list nobody shipped.
    """
    if (config.data / FILE).exists():
        raise ConfigError(f"There is a program in {config.data} already. Choose another folder.")
    save(config)
    share_secret(config)
    open_desk(config.data, clock=clock)
    receipt_key = _make_keys(config, clock=clock)
    _tell_officers(pack=pack, helplines=helplines, card_place=card_place, clock=clock)
    from leanto.desk.bulletin.actions import charter_request  # noqa: PLC0415 -- see opening.py

    request = config.data / CHARTER_REQUEST
    request.write_text(charter_request(receipt_key=receipt_key, now=moment(clock)), "ascii")
    return request


def _make_keys(config: Config, *, clock: Clock) -> bytes:
    from leanto.desk.admission.keys import key_folder  # noqa: PLC0415 -- see opening.py
    from leanto.desk.bulletin.keys import make_program_files  # noqa: PLC0415 -- see opening.py

    keys = make_program_files(
        folder=key_folder(),
        receipt_key=mailroom_config(config).receipt_key,
        today=day_of(moment(clock)),
    )
    return keys.receipt_key


def _tell_officers(*, pack: str, helplines: str, card_place: str, clock: Clock) -> None:
    from leanto.desk.directory.actions import (  # noqa: PLC0415 -- see opening.py
        Patience,
        choose_helplines,
        choose_pack,
        set_terms,
    )

    now = moment(clock)
    now_minutes, today_minutes, whenever_minutes = PATIENCE_MINUTES
    choose_pack(name=pack, by=None, now=now)
    choose_helplines(name=helplines, by=None, now=now)
    set_terms(
        card_place_en=card_place,
        card_place_es=card_place,
        patience=Patience(
            now_minutes=now_minutes,
            today_minutes=today_minutes,
            whenever_minutes=whenever_minutes,
        ),
        by=None,
        now=now,
    )
