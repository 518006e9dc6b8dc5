"""A desk restored from a backup goes on; it repeats no number and believes nobody without a
signature."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leanto.desk.bulletin import actions, queries, renewal
from leanto.desk.bulletin.actions import CharterRefused
from leanto.desk.bulletin.continuing import LEAP, continue_after_mailroom
from leanto.desk.bulletin.mailroom import Unreachable
from leanto.desk.bulletin.models import HeldCharter, Publication
from leanto.desk.conftest import KeyHolder
from leanto.desk.site import configuration
from leanto.desk.site.configuration import DeskConfig
from leanto.wire.charter import Lineage
from leanto.wire.head import SIZE, Head


class Board(BaseHTTPRequestHandler):
    """A mailroom's public board: shows what was put there last."""

    shown: dict[str, bytes]

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        is_charter = self.path == "/charter"
        self.shown["/bulletin/charter" if is_charter else "/bulletin/head"] = (
            body if is_charter else body[:SIZE]
        )
        self.send_response(204)
        self.end_headers()

    def do_GET(self) -> None:
        body = self.shown.get(self.path)
        self.send_response(404 if body is None else 200)
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        """Keep the tests' output quiet."""


@pytest.fixture
def shown(
    program: DeskConfig,
    key_holder: KeyHolder,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[dict[str, bytes]]:
    """What the mailroom shows to everyone, changed by what is put there, or by the test."""
    shown = {"/bulletin/lineage": Lineage().write()}
    with HTTPServer(("127.0.0.1", 0), type("ThisBoard", (Board,), {"shown": shown})) as server:
        origin = f"http://mailroom.localhost:{server.server_port}"
        monkeypatch.setattr(configuration, "_config", replace(program, mailroom=origin))
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        renewal.install_renewal(
            text=key_holder.renew(renewal.renewal_request(now=now)), by=None, now=now
        )
        yield shown
        server.shutdown()
        thread.join()


def head_shown(shown: dict[str, bytes]) -> Head:
    return Head.read(shown["/bulletin/head"])


def test_it_goes_on_far_above_what_was_given(shown: dict[str, bytes], now: datetime) -> None:
    """Neither the mailroom's numbers nor its own are used twice, and the chain names the newest."""
    for _ in range(3):
        actions.publish(now=now)
    there = head_shown(shown)
    Publication.objects.filter(serial__gt=1).delete()  # the backup knew of one
    assert continue_after_mailroom(by=None, now=now).serial == there.serial + LEAP
    assert head_shown(shown).previous == there.hash()
    assert actions.publish(now=now).serial == there.serial + LEAP + 1


def test_a_charter_renewed_after_the_backup_is_read_there(
    shown: dict[str, bytes], key_holder: KeyHolder, now: datetime
) -> None:
    """The program key's signature brings it back, also where the key passed on meanwhile."""
    before = HeldCharter.objects.get()
    successor = KeyHolder()
    for holder, named in ((key_holder, successor.public), (successor, None)):
        signed = holder.renew(renewal.renewal_request(now=now), successor=named)
        renewal.install_renewal(text=signed, by=None, now=now)
    renewed, past = queries.charter(), queries.lineage()
    shown["/bulletin/charter"], shown["/bulletin/lineage"] = renewed.write(), past.write()
    actions.publish(now=now)
    before.save()
    continue_after_mailroom(by=None, now=now)
    assert (queries.charter(), queries.lineage()) == (renewed, past)


def test_a_head_that_this_desk_did_not_sign_is_not_followed(
    shown: dict[str, bytes], now: datetime
) -> None:
    """A mailroom in other hands cannot push the numbers, or have the desk follow a charter."""
    actions.publish(now=now)
    true, charter = head_shown(shown), queries.charter()
    max_ = Ed25519PrivateKey.generate()
    forged = replace(true, serial=4_000_000_000)
    shown["/bulletin/head"] = replace(forged, signature=max_.sign(forged.signed_part())).write()
    with pytest.raises(CharterRefused, match="signed by this desk"):
        continue_after_mailroom(by=None, now=now)
    shown["/bulletin/head"] = b"noise"
    with pytest.raises(CharterRefused, match="cannot be read"):
        continue_after_mailroom(by=None, now=now)
    newer = replace(charter, serial=charter.serial + 1)
    shown["/bulletin/charter"] = replace(newer, signature=max_.sign(newer.signed_part())).write()
    with pytest.raises(CharterRefused, match="signature"):
        continue_after_mailroom(by=None, now=now)
    assert queries.charter() == charter
    newest = queries.newest()
    assert newest is not None
    assert newest.serial == true.serial


def test_without_the_mailroom_nothing_is_changed(program: DeskConfig, now: datetime) -> None:
    """Who cannot be asked cannot be continued."""
    with pytest.raises(Unreachable):
        continue_after_mailroom(by=None, now=now)
    assert queries.newest() is None
