"""Whom a program names for those who find a weakness."""

from dataclasses import replace
from pathlib import Path

import pytest

from leanto.host.config import Config, ConfigError, load, save

PROGRAM = Config(
    name="Two Creeks Peer Support",
    region="Two Creeks (made up)",
    time_zone="America/Chicago",
    fingerprint="00" * 16,
    pocket="http://leanto.localhost:8000",
    desk="http://desk.localhost:8000",
    mailroom="http://mailroom.localhost:8000",
    host="127.0.0.1",
    port=8000,
    data=Path("program"),
)


def test_a_program_made_before_names_nobody(tmp_path: Path) -> None:
    """A setting that came later is not missing from an older file."""
    save(replace(PROGRAM, data=tmp_path))
    file = tmp_path / "leanto.toml"
    older = [line for line in file.read_text().splitlines() if "security_contact" not in line]
    file.write_text("\n".join(older))
    assert load(tmp_path) == replace(PROGRAM, data=tmp_path)


def test_an_address_is_kept_as_it_was_given(tmp_path: Path) -> None:
    """Nobody is named whom the operator did not name."""
    named = replace(PROGRAM, data=tmp_path, security_contact="mailto:security@two-creeks.example")
    save(named)
    assert load(tmp_path) == named


@pytest.mark.parametrize("contact", ["Cleo", "http://a.example", "mailto:a\nExpires: never"])
def test_what_is_no_address_is_refused(contact: str) -> None:
    """The file would be read by no machine, or say what nobody meant."""
    with pytest.raises(ConfigError, match="security_contact"):
        replace(PROGRAM, security_contact=contact)
