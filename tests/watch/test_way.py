"""The whole way, tried by the watch against a running program."""

from leanto.watch.board import read_members
from leanto.watch.way import something_to_leave
from tests.harness.house import House
from tests.watch.walking import way_of


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
            rows = database.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 -- our own names
            assert rows.fetchone() == (0,)
