"""A program to test with: its desk in an empty folder, its key holder, and a fixed instant."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connections

from leanto.databases.places import Place
from leanto.desk.bulletin.actions import charter_request, install_charter
from leanto.desk.directory.actions import Patience, choose_helplines, choose_pack, set_terms
from leanto.desk.site import configuration
from leanto.desk.site.database import at
from leanto.wire.charter import Charter, fingerprint
from leanto.wire.rehearsal import Rehearsal
from leanto.wire.sheets import Heading, read_lines, read_sheet, write_sheet
from leanto.wire.signed import NOT_SIGNED
from leanto.wire.vouch import Vouch

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)  # a Wednesday


class KeyHolder:
    """Holds the program key in a drawer and signs what the desk asks for on paper."""

    def __init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()
        self.public = self.key.public_key().public_bytes_raw()
        self.fingerprint = fingerprint(self.public)

    def charter(self, request: str) -> str:
        asked = read_sheet(Heading.CHARTER_REQUEST, request)
        charter = replace(Charter.read(asked + NOT_SIGNED), program_key=self.public)
        signed = replace(charter, signature=self.key.sign(charter.signed_part()))
        return write_sheet(Heading.CHARTER, signed.write())

    def renew(self, request: str, *, successor: bytes | None = None) -> str:
        """Signs all that is asked for, without the looks that the real tool has."""
        asked, _held, *vouches = read_lines(Heading.RENEWAL_REQUEST, request)
        wanted = Charter.read(asked + NOT_SIGNED)
        named = replace(wanted, program_key=self.public, successor_key=successor)
        until = wanted.day + 365
        renewed = [replace(Vouch.read(one), last_day=until) for one in vouches]
        return write_sheet(
            Heading.RENEWAL,
            replace(named, signature=self.key.sign(named.signed_part())).write(),
            *(replace(one, signature=self.key.sign(one.signed_part())).write() for one in renewed),
        )

    def rehearse(self, request: str) -> str:
        """Signs the line of this key, as if the sheet had been typed."""
        lines = read_lines(Heading.REHEARSAL_REQUEST, request)
        asked = [Rehearsal.read(one + NOT_SIGNED) for one in lines]
        (mine,) = (one for one in asked if one.key == self.public)
        signed = replace(mine, signature=self.key.sign(mine.signed_part()))
        return write_sheet(Heading.REHEARSAL, signed.write())

    def vouch(self, request: str) -> str:
        vouch = Vouch.read(read_sheet(Heading.VOUCH_REQUEST, request) + NOT_SIGNED)
        signed = replace(vouch, signature=self.key.sign(vouch.signed_part()))
        return write_sheet(Heading.VOUCH, signed.write())


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A database in a file, as in a running program: one in memory locks in another way.

    Or one of its own at the PostgreSQL server that DATABASE_OF_TESTS names.
    """
    if server := os.environ.get("DATABASE_OF_TESTS"):
        connections.settings["default"].update(at(Place(url=server)))
        connections.settings["default"]["TEST"]["NAME"] = f"desk_{os.getpid()}"
        del connections["default"]
        return
    path = tmp_path_factory.mktemp("desk") / "desk.sqlite3"
    connections["default"].settings_dict["TEST"]["NAME"] = str(path)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def key_holder() -> KeyHolder:
    return KeyHolder()


@pytest.fixture
def desk(
    tmp_path: Path, key_holder: KeyHolder, monkeypatch: pytest.MonkeyPatch
) -> configuration.DeskConfig:
    """A desk set up for this key holder, with an empty data folder and the clock standing still."""
    config = configuration.DeskConfig(
        data=tmp_path,
        name="Three Rivers Peer Support",
        region="Three Rivers",
        time_zone="America/Chicago",
        fingerprint=key_holder.fingerprint.hex(),
        pocket="http://leanto.localhost:8000",
        desk="http://desk.localhost:8000",
        mailroom="http://mailroom.localhost:9",  # nobody listens there
        now=lambda: NOW,
    )
    monkeypatch.setattr(configuration, "_config", config)
    return config


@pytest.fixture
def program(
    desk: configuration.DeskConfig, db: None, key_holder: KeyHolder
) -> configuration.DeskConfig:
    """A program ready to publish: charter in force, limits, lines and terms chosen."""
    choose_pack(name="us-federal", by=None, now=NOW)
    choose_helplines(name="us", by=None, now=NOW)
    set_terms(
        card_place_en="In the roll-call room.",
        card_place_es="En la sala de pase de lista.",
        patience=Patience(now_minutes=10, today_minutes=120, whenever_minutes=1440),
        by=None,
        now=NOW,
    )
    request = charter_request(receipt_key=bytes(range(32)), now=NOW)
    install_charter(text=key_holder.charter(request), by=None, now=NOW)
    return desk
