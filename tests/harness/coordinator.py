"""What Cleo does in her own window: the desk's pages, step by step."""

import csv
import re
import time
from io import StringIO
from pathlib import Path

from playwright.sync_api import Page

from tests.harness.authenticator import STEP_SECONDS, digits
from tests.harness.cast import DESKTOP, Cast, Person
from tests.harness.house import House

EMAIL = "cleo@example.org"
PASSWORD = "four random words please"
SECRET = re.compile(r"^[A-Z2-7]{32}$")


def cleo_of(house: House, cast: Cast) -> Person:
    return cast.person("cleo", origins=house.origins, device=DESKTOP)


def invited(house: House) -> str:
    """The link that the operator hands to the first coordinator."""
    call = ("invite", "coordinator", "--data", house.data, "--name", "Cleo Marsh")
    return house.leanto(*call, "--email", EMAIL).strip()


def comes_in(cleo: Person, link: str) -> str:
    """From the link to the desk; gives the secret in her authenticator app."""
    cleo.opens(link)
    cleo.sees("Welcome, Cleo Marsh")
    cleo.types("Password", PASSWORD)
    cleo.types("Password again", PASSWORD)
    cleo.presses("Go on")
    cleo.sees("Set up the second step")
    secret = cleo.reads(SECRET).inner_text()
    cleo.types("Code shown in the app", digits(secret, at_seconds=int(time.time())))
    cleo.presses("Finish")
    cleo.sees("Recovery codes")
    assert len(cleo.listed(within=cleo.page.get_by_role("main"))) == 10
    cleo.presses("I have kept them")
    cleo.sees("Tonight")
    return secret


def signs_in(cleo: Person, secret: str) -> None:
    cleo.types("E-mail", EMAIL)
    cleo.types("Password", PASSWORD)
    cleo.presses("Sign in")
    cleo.sees("Second step")
    # A code works once: the app's next one is taken a little early.
    cleo.types("Code", digits(secret, at_seconds=int(time.time()) + STEP_SECONDS))
    cleo.presses("Go on")
    cleo.sees("Tonight")


def prints_cards(cleo: Person, house: House, *, count: int) -> list[str]:
    """A box of cards as they stand on paper, in the letters that people type."""
    cleo.opens(house.desk)
    cleo.presses("Cards")
    cleo.sees("Cards")
    cleo.presses("Make a box of cards")
    cleo.sees("Make a box of cards")
    cleo.types("How many cards", str(count))
    cleo.presses("Make the cards")
    cleo.sees(re.compile(r"^Box \d+$"))
    cleo.page.get_by_text("For a printer's own layout").click()
    table = house.folder / "cards.csv"
    saves(cleo.page, "Cards as a table (CSV)", table)
    rows = list(csv.DictReader(StringIO(table.read_text("utf-8-sig"))))
    table.unlink()  # as the page says: whoever has it has every card
    return [row["letters"] for row in rows]


def invites_peer(cleo: Person, house: House, *, name: str, agency: str) -> str:
    """Onto the roster, then an invitation; gives the link that is handed over."""
    cleo.opens(house.desk)
    cleo.presses("Peers")
    cleo.sees("Peers")
    cleo.presses("Invite a peer")
    cleo.sees("Invite a peer")
    cleo.types("Name", name)
    cleo.picks("Agency", agency)
    cleo.presses("Put on the roster")
    cleo.sees(name)
    cleo.presses("Make an invitation")
    cleo.sees(f"An invitation for {name}")
    cleo.presses("Make the invitation")
    cleo.sees(f"Invitation for {name}")
    return cleo.reads(re.compile("#invitation=")).inner_text().strip()


def compares_words(cleo: Person, house: House, *, name: str) -> list[str]:
    """The six words as they stand in her window, before she says that they are the same."""
    goes_to_peer(cleo, house, name=name)
    cleo.presses("Compare the six words")
    cleo.sees("Compare the six words")
    return cleo.listed(within=cleo.page.get_by_role("main"))


def confirms_words(cleo: Person, *, name: str) -> None:
    cleo.chooses("We compared all six words by voice and they are the same.")
    cleo.presses("They are the same")
    cleo.sees(name)


def has_vouch_signed(cleo: Person, house: House, *, name: str) -> str:
    """Carries the request to the key holder and the vouch back; gives what the key holder read."""
    asked, signed = house.folder / "vouch-request.txt", house.folder / "vouch.txt"
    saves(cleo.page, "Download the vouch request", asked)
    read_aloud = house.sign("vouch", asked, signed)
    cleo.presses("Bring back the signed vouch")
    cleo.sees("Bring back the signed vouch")
    cleo.page.get_by_label("The file from the key holder").set_input_files(signed)
    cleo.presses("Check and store")
    cleo.sees(name)
    return read_aloud


def has_all_renewed(cleo: Person, house: House, *options: str | Path, key: Path) -> str:
    """Carries charter and vouches to whoever holds this key, and back; gives what was read."""
    asked, signed = house.folder / "renewal-request.txt", house.folder / "renewal.txt"
    cleo.opens(house.desk)
    cleo.presses("Bulletin")
    cleo.sees("Bulletin")
    cleo.presses("Renew the charter and the vouches")
    cleo.sees("Renewal")
    saves(cleo.page, "Download the renewal request", asked)
    call = ("key", "renew", "--key", key, asked, "--out", signed, *options)
    read = house.leanto(*call, answers="\nyes\n")
    cleo.page.get_by_label("The file from the key holder").set_input_files(signed)
    cleo.presses("Check and put in force")
    cleo.sees("Bulletin")
    return read


def goes_to_peer(cleo: Person, house: House, *, name: str) -> None:
    cleo.opens(house.desk)
    cleo.presses("Peers")
    cleo.sees("Peers")
    cleo.presses(name)
    cleo.sees(name)


def saves(page: Page, link: str, path: Path) -> None:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    download.value.save_as(path)
