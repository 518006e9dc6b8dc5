"""The way of a program's watch, for a test to walk."""

from secrets import token_hex

from leanto.host.config import load
from leanto.watch.board import Board, read_board
from leanto.watch.equipment import held
from leanto.watch.purse import open_purse
from leanto.watch.way import Way
from tests.harness.house import House


def way_of(house: House) -> tuple[Way, Board]:
    """Each time with an empty purse of its own."""
    config = load(house.data)
    equipment = held(config)
    assert equipment is not None
    purse = open_purse(
        house.folder / f"purse-{token_hex(4)}.json", desk=config.desk, codes=equipment.codes
    )
    board = read_board(config.mailroom, fingerprint=bytes.fromhex(config.fingerprint))
    return Way(mailroom=config.mailroom, equipment=equipment, purse=purse), board
