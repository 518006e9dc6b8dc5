"""The mailroom lives where Django does not exist, and serves where nothing can open an envelope."""

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leanto.wire.listening import EnvelopeFrame, RequestFrame, Ring
from leanto.wire.requests import Act, RequestState
from tests.harness.lonely import LOADED, is_absent, serving_alone
from tests.harness.mailroom import Mailroom
from tests.harness.program import Program
from tests.harness.stand_ins import Officer, Peer, envelope, line_to

SOURCE = Path(__file__).parents[2] / "src"

# Loads every module of a room in a process where Django, and the desk, cannot be imported.
LOAD_WITHOUT = """
import importlib, pkgutil, sys
source, room, *others = sys.argv[1:]
sys.path.insert(0, source)
for absent in ("django", "allauth", "leanto.desk", *others):
    sys.modules[absent] = None
package = importlib.import_module(room)
for found in pkgutil.walk_packages(package.__path__, room + "."):
    if ".tests" not in found.name:
        importlib.import_module(found.name)
"""


def load_without_django(source: Path, room: str, *others: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", LOAD_WITHOUT, str(source), room, *others]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "room", ["leanto.mailroom", "leanto.doorway", "leanto.wire", "leanto.rules"]
)
def test_a_room_starts_where_django_cannot_be_imported(room: str) -> None:
    """What is not there cannot be asked who somebody is."""
    outcome = load_without_django(SOURCE, room)
    assert outcome.returncode == 0, outcome.stderr


def test_a_request_is_answered_where_nothing_can_open_it(tmp_path: Path) -> None:
    """From asking to closing, in a process that could neither look up a person nor open a seal."""
    mailroom = new_mailroom(tmp_path)
    with serving_alone(mailroom, source=SOURCE):
        whole_request(mailroom)
    assert mailroom.log.read_text() == ""
    loaded = (tmp_path / LOADED).read_text().splitlines()
    assert "leanto.mailroom.requests" in loaded
    assert [name for name in loaded if is_absent(name)] == []


@pytest.mark.parametrize(
    "breach",
    [
        "import django.db",
        "from leanto.desk.nameless import Refused",
        "from cryptography.hazmat.primitives.hpke import Suite",
        "from cryptography.hazmat.primitives.ciphers.aead import AESGCM",
    ],
)
def test_a_mailroom_that_wants_more_does_not_serve(tmp_path: Path, breach: str) -> None:
    """The tests above fail when their guarantee is broken on purpose."""
    source = tmp_path / "source"
    for part in ("mailroom", "databases", "doorway", "wire", "rules"):
        shutil.copytree(SOURCE / "leanto" / part, source / "leanto" / part)
    (source / "leanto/__init__.py").touch()
    with (source / "leanto/mailroom/requests.py").open("a") as requests:
        requests.write(breach + "\n")
    mailroom = new_mailroom(tmp_path)
    with (
        pytest.raises(ChildProcessError, match="is absent here"),
        serving_alone(mailroom, source=source),
    ):
        pass


def whole_request(mailroom: Mailroom) -> None:
    """Ana asks, Ben claims and answers, Ana reads and closes."""
    ben, ana, words = Peer(mailroom), Officer(mailroom), envelope()
    mailroom.publish(ben.address)
    with line_to(mailroom) as bens, line_to(mailroom) as anas:
        bens.listen(ben.read_key)
        anas.listen(ana.read_key)
        assert ana.ask(ben).kept == 1
        assert bens.next(Ring).request_id == ana.request_id
        assert ben.claim(ana.request_id).status == 200
        assert ben.answer(ana.request_id, words).status == 201
        assert anas.next(EnvelopeFrame).envelope == words
        assert anas.next(RequestFrame).state == RequestState.ANSWERED
    assert [one.envelope for one in ana.fetch()] == [words]
    assert ana.act(Act.CLOSE).status == 204


def new_mailroom(folder: Path) -> Mailroom:
    return Mailroom(folder, Program(today=int(time.time()) // 86_400))
