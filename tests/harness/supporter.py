"""What Ben does in his pocket, and how he comes to be a peer."""

from pathlib import Path

from tests.harness.cast import Person
from tests.harness.house import House
from tests.harness.officer import comes_without_card, says_own_device

AGENCY = "reed-so"


def joins(ben: Person, house: House, *, handle: str = "Ben") -> None:
    """Enrolled, vouched for, and on duty."""
    enrols(ben, house, handle=handle)
    is_vouched(ben, house, handle=handle)


def desk_name(handle: str) -> str:
    """What the program's people call the peer whom officers know by this handle."""
    return f"{handle} Aldous"


def enrols(ben: Person, house: House, *, handle: str = "Ben") -> list[str]:
    """From the operator's invitation to six words on his screen."""
    name = desk_name(handle)
    invite = ("invite", "peer", "--data", house.data, "--name", name, "--agency", AGENCY)
    return hands_in(ben, house.leanto(*invite).strip(), handle=handle)


def hands_in(ben: Person, link: str, *, handle: str = "Ben") -> list[str]:
    """From a link to six words on his screen."""
    ben.opens(link)
    says_own_device(ben)
    ben.sees("Your invitation")
    return tells_of_himself(ben, handle=handle)


def types_invitation(ben: Person, house: House, letters: str, *, handle: str = "Ben") -> list[str]:
    """As the printed page says where nothing can be scanned; to six words on his screen."""
    comes_without_card(ben, house)
    ben.presses("I was invited to be a peer")
    ben.sees("Your invitation")
    ben.types("Invitation", letters)
    return tells_of_himself(ben, handle=handle)


def tells_of_himself(ben: Person, *, handle: str) -> list[str]:
    """What officers will see of him, and his keys handed in."""
    ben.presses("Go on")
    ben.sees("How those who ask will see you")
    ben.types("What should they call you?", handle)
    ben.types("A few words about you", "I was on nights for eleven years. I listen.")
    ben.presses("Hand it in")
    ben.sees("Six words to compare")
    return ben.listed(within=ben.page.get_by_role("main"))


def is_vouched(ben: Person, house: House, *, handle: str = "Ben") -> str:
    """Words compared, vouch signed, on duty; gives what the key holder's tool read aloud."""
    said, signed = is_signed_for(house, handle=handle)
    house.at_desk("vouch", signed)
    ben.opens(house.pocket)  # it would find out by itself too, within a quarter of a minute
    ben.goes_to("On call")
    ben.reads("On duty now")
    return said


def joins_as_backstop(cleo: Person, house: House, *, handle: str = "Cleo") -> None:
    """Enrolled and vouched for like a peer, on no shift, and rung when nobody else answers."""
    enrols(cleo, house, handle=handle)
    _, signed = is_signed_for(house, handle=handle)
    house.at_desk("vouch_backstop", signed)
    cleo.opens(house.pocket)
    cleo.goes_to("On call")
    cleo.reads("Listening")


def is_signed_for(house: House, *, handle: str) -> tuple[str, Path]:
    """Words compared and the vouch signed; what was read aloud, and the file."""
    asked, signed = house.folder / f"{handle}-asked.txt", house.folder / f"{handle}-vouch.txt"
    house.at_desk("confirm", handle, asked)
    return house.sign("vouch", asked, signed), signed


def claims(ben: Person) -> None:
    """Somebody asks, wherever in the pocket he is, and he is there."""
    ben.goes_to("Someone asks for a peer")
    ben.presses("I'm here")
    ben.sees("Talk with Someone")


def answers_as_backstop(cleo: Person) -> None:
    """Nobody else answered; she does."""
    cleo.presses("Someone asks for a peer")
    cleo.sees("Someone asks, and nobody has answered yet")
    cleo.presses("I'm here")
    cleo.sees("Talk with Someone")
