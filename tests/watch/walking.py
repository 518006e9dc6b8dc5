"""A program with its watch, for a test to look at and to walk."""

from secrets import token_hex

from leanto.host.config import load
from leanto.watch.board import Board, read_board
from leanto.watch.equipment import held
from leanto.watch.purse import open_purse
from leanto.watch.way import Way
from tests.harness.house import House
from tests.harness.net import wait_until_gone, wait_until_up


def started(house: House) -> None:
    """Its rooms and its notifier, which is a process of its own and may come later."""
    house.start()
    is_up(house)


def killed(house: House) -> None:
    """As when the power goes; its notifier needs a moment longer to see that it is alone."""
    house.kill()
    wait_until_gone(house.notifier + "/readyz")


def is_up(house: House) -> None:
    wait_until_up(house.notifier + "/readyz", below=400)


def way_of(house: House) -> tuple[Way, Board]:
    """Each time with an empty purse of its own."""
    config = load(house.data)
    equipment = held(config)
    assert equipment is not None
    path = house.folder / f"purse-{token_hex(4)}.json"
    purse = open_purse(path, desk=config.desk, codes=equipment.codes)
    board = read_board(config.mailroom, fingerprint=bytes.fromhex(config.fingerprint))
    return Way(mailroom=config.mailroom, equipment=equipment, purse=purse), board
