"""Ben becomes a peer: his own phone makes the keys, and nobody else ever holds one."""

import base64

import pytest

from tests.harness import coordinator, supporter, vault
from tests.harness.cast import Cast
from tests.harness.coordinator import cleo_of
from tests.harness.house import House

pytestmark = pytest.mark.journey

NAME = "Ben Aldous"


def test_ben_is_enrolled_and_no_server_ever_holds_his_seed(house: House, cast: Cast) -> None:
    """The same six words stand in three places, and his secrets in one."""
    cleo, ben = cleo_of(house, cast), cast.person("ben", origins=house.origins)
    coordinator.comes_in(cleo, coordinator.invited(house))
    link = coordinator.invites_peer(cleo, house, name=NAME, agency="Reed County Sheriff")
    his_words = supporter.hands_in(ben, link)
    assert len(his_words) == 6
    assert coordinator.compares_words(cleo, house, name=NAME) == his_words
    ben.is_killed()
    coordinator.confirms_words(cleo, name=NAME)
    read_aloud = coordinator.has_vouch_signed(cleo, house, name=NAME)
    assert " ".join(his_words) in read_aloud
    ben.opens(house.pocket)
    ben.goes_to("On call")
    ben.reads("Listening")
    kept = vault.records(ben.page)
    secret, public = vault.secrets(kept), vault.public_keys(kept)
    assert len(secret) > 10
    disk = b"".join(content for _, content in house.every_file())
    assert [one for one in public if one in disk], "his public keys are there, so the search finds"
    assert [one for one in secret for shape in shapes(one) if shape in disk] == []


def shapes(secret: bytes) -> list[bytes]:
    """How these bytes would stand in a file: as they are, in hex, in either base64."""
    plain, safe = base64.b64encode(secret), base64.urlsafe_b64encode(secret)
    return [secret, secret.hex().encode(), plain.rstrip(b"="), safe.rstrip(b"=")]
