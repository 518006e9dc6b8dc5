"""An address of a database holds no secret, and leads to no other computer unguarded."""

import pytest

from leanto.databases.places import Place, PlaceRefused

REFUSED = (
    "postgresql://leanto_desk@localhost:door/leanto_desk",
    "postgresql://leanto_desk@[::1/leanto_desk",
    "postgresql://leanto_desk:secret@localhost/leanto_desk",
    "postgresql://leanto_desk@localhost/leanto_desk?password=secret",
    "postgresql://leanto_desk@localhost/leanto_desk?hostaddr=192.0.2.7",
    "postgresql://leanto_desk@db.example.org/leanto_desk?sslmode=require",
)
TAKEN = (
    "postgresql://leanto_desk@localhost/leanto_desk",
    "postgresql://leanto_desk@/leanto_desk?host=/run/postgresql",
    "postgresql://leanto_desk@db.example.org:5433/leanto_desk?sslmode=verify-full",
)


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_with_a_secret_or_to_elsewhere_in_the_clear_is_refused(url: str) -> None:
    """`leanto config show` prints addresses; and a slip is a sentence, never a traceback."""
    with pytest.raises(PlaceRefused):
        Place(url=url)


@pytest.mark.parametrize("url", TAKEN)
def test_an_address_on_this_computer_or_by_checked_tls_is_taken(url: str) -> None:
    """What docs/hosting.md tells a host to write is taken."""
    assert Place(url=url).name == "leanto_desk"
