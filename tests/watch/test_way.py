"""The whole way, tried by the watch against a running program."""

import pytest

from leanto.host.config import load
from leanto.watch.board import Board, read_board, read_members
from leanto.watch.equipment import Equipment, held
from leanto.watch.purse import Purse, open_purse
from leanto.watch.way import BrokeOff, Way, something_to_leave
from leanto.wire.duty import Standing
from tests.harness.house import House


def way_of(house: House) -> tuple[Way, Board]:
    config = load(house.data)
    equipment = held(config)
    assert equipment is not None
    purse = open_purse(house.folder / "purse.json", desk=config.desk, codes=equipment.codes)
    board = read_board(config.mailroom, fingerprint=bytes.fromhex(config.fingerprint))
    return Way(mailroom=config.mailroom, equipment=equipment, purse=purse), board


def test_it_walks_from_a_card_to_a_letter(watched_house: House) -> None:
    """Card, pass, request, ring, claim, answer, letter: each door that an officer needs, opened."""
    way, board = way_of(watched_house)
    assert way.walk(board, something_to_leave(), today=watched_house.clock.day()) < 20
    assert len(way.purse.passes) == 9
    key = way.purse.members_key(board.key, program_id=board.charter.program_id)
    listed = read_members(board, watched_house.mailroom, key=key)
    assert way.equipment.duty_address not in listed.write()
    with watched_house.opened("mailroom") as database:
        for table in ("request", "sealed_request", "envelope"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
