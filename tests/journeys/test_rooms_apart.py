"""A program whose rooms are on machines of their own: the desk at the agency, the mailroom at the
union. Each is told its own part, and there is no way from the mailroom to the desk."""

import asyncio
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from leanto.host.config import FILE, Config, load, save
from leanto.host.founding import CHARTER_REQUEST
from leanto.host.rooms import ALL
from leanto.host.serve import RECEIPT_KEY
from leanto.host.waking import notifier_place
from leanto.mailroom.notified import Notifier
from leanto.notifier.keys import SECRET_FILE
from leanto.rules.weeks import monday_of
from leanto.sim.pocket.keys import AgreementKey, SealingKey, SigningKey
from leanto.sim.pocket.peer import PeerIdentity, Week, sign_hand_in
from leanto.sim.pocket.rooms import ask
from leanto.wire.cards import Invitation
from leanto.wire.endpoints import ENDPOINT_ID_SIZE
from leanto.wire.members import Shared, SharedKind
from tests.harness.apart import NETWORKS, STREET, Machines, address, cannot_be_made, machines
from tests.harness.house import ENVIRONMENT, ROOT, finished
from tests.harness.net import free_port, wait_until_up

PORTS = {"pocket": 8000, "desk": 8001, "mailroom": 8002, "notifier": 8003}
ORIGINS = {room: f"http://{address(room)}:{port}" for room, port in PORTS.items()}
WITHIN_SECONDS = 200  # the watch tries again after a minute where a busy machine was too slow
# The command itself, in a process where neither Django nor the desk can be imported.
WITHOUT_DESK = """
import sys
for absent in ("django", "allauth", "leanto.desk"):
    sys.modules[absent] = None
from leanto.cli import main
raise SystemExit(main(sys.argv[1:]))
"""


def test_a_mailroom_is_served_where_there_is_no_desk(tmp_path: Path) -> None:
    """Its folder and its code hold nothing that knows people, and it takes work all the same."""
    origin = f"http://mailroom.localhost:{(port := free_port())}"
    config = Config(
        data=tmp_path,
        rooms=("mailroom",),
        time_zone="America/Chicago",
        fingerprint="00" * 16,
        pocket="http://leanto.localhost",
        mailroom=origin,
        host="127.0.0.1",
        port=port,
    )
    save(config)
    config.mailroom_data.mkdir()
    (config.mailroom_data / RECEIPT_KEY).write_bytes(secrets.token_bytes(32))
    command = [sys.executable, "-c", WITHOUT_DESK, "serve", "mailroom", "--data", str(tmp_path)]
    serving = subprocess.Popen(command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    try:
        while not (up := is_up(f"{origin}/livez")) and serving.poll() is None:
            pass
        assert up, "it ended"
    finally:
        serving.send_signal(signal.SIGINT)
        serving.wait(20)
    assert {one.name for one in tmp_path.iterdir()} == {FILE, "mailroom"}
    refused = finished("leanto", "serve", "desk", "--data", tmp_path)
    assert refused.returncode == 2
    assert "The desk is not in" in refused.stderr


@pytest.fixture
def apart() -> Iterator[Machines]:
    """Founded in one place, and each folder carried to its machine."""
    if why := cannot_be_made():
        pytest.skip(why)
    folder = Path(mkdtemp(prefix="leanto-apart-"))  # pytest's own is closed to other users
    try:
        with machines(folder) as made:
            found(made)
            yield made
    finally:
        shutil.rmtree(folder)


def test_a_peer_is_enrolled_and_answers_across_machines_that_know_only_their_part(
    apart: Machines,
) -> None:
    """From the invitation to the last letter; and whoever has the mailroom has no more than it."""
    serve_rooms(apart)
    enrols(apart)
    walks_the_whole_way(apart)
    with apart.standing_at("mailroom"):
        place = notifier_place(load(apart.data("mailroom")))
        assert place is not None
        unknown = secrets.token_bytes(ENDPOINT_ID_SIZE)
        assert not asyncio.run(Notifier(place).wake(unknown)), "heard, and there is no such phone"
        assert not reaches("desk")
        assert not reaches("pocket")
    with apart.standing_at("notifier"):
        assert not reaches("desk")
    with apart.standing_at(STREET):
        assert reaches("desk"), "the same question, from where there is a way"
    for room in ALL:
        for other in ALL:
            read = apart.run(room, "cat", apart.data(other) / FILE).returncode == 0
            assert read == (room == other), f"the {room} reads what is the {other}'s"
    assert not [one for one in apart.data("mailroom").rglob("*") if "desk" in one.name]
    assert "".join(apart.log(room).read_text() for room in NETWORKS) == ""


def found(made: Machines) -> None:
    """As root in one place, as an operator would: only then do the machines get their folders."""
    key, begun = made.folder / "key.pem", made.folder / "begun"
    said = leanto("key", "new", "--key", key, answers="\n\n")
    settings = {
        "name": "Two Creeks Peer Support",
        "region": "Two Creeks (made up)",
        "time-zone": "America/Chicago",
        "card-place": "The shelf by the union hall's coffee machine",
        "program-key": said.split("public half")[1].split()[0],
        "notifier-port": str(PORTS["notifier"]),
        **ORIGINS,
    }
    leanto("init", "--apart", begun, *(part for k, v in settings.items() for part in (f"--{k}", v)))
    charter = made.folder / "charter.txt"
    request = begun / "desk" / CHARTER_REQUEST
    leanto("key", "charter", "--key", key, request, "--out", charter, answers="\nyes\n")
    made.carry(begun)
    made.python("desk", "-m", "leanto", "charter", "--data", made.data("desk"), charter)


def serve_rooms(made: Machines) -> None:
    secret = made.data("mailroom") / "mailroom" / SECRET_FILE
    assert secret.read_bytes() == (made.data("notifier") / "notifier" / SECRET_FILE).read_bytes()
    begins = {room: ["-m", "leanto"] for room in NETWORKS} | {"mailroom": ["-c", WITHOUT_DESK]}
    for room, begin in begins.items():
        made.begin(room, *begin, "serve", room, "--data", str(made.data(room)))
    with made.standing_at(STREET):
        made.until(lambda: all(map(reaches, NETWORKS)), within_seconds=WITHIN_SECONDS)


def enrols(made: Machines) -> None:
    """Ben hands in his keys from the street; Cleo compares words; the key holder signs."""
    desk, asked, signed = made.folder / "desk", made.folder / "desk/asked", made.folder / "signed"
    act = ("-m", "tests.harness.desk_acts", desk)
    made.python("desk", *act, "agencies")
    call = ("-m", "leanto", "invite", "peer", "--data", made.data("desk"))
    said = made.python("desk", *call, "--name", "Ben Aldous", "--agency", "harlow-pd")
    invitation = Invitation.read(said.strip())
    monday = monday_of(int(time.time()) // 86_400)
    body = sign_hand_in(
        identity=PeerIdentity(
            SigningKey(secrets.token_bytes(32)), AgreementKey(secrets.token_bytes(32))
        ),
        program_id=invitation.fingerprint,
        invitation=invitation.invitation,
        handle="ben",
        weeks=[
            Week(monday + ahead, secrets.token_bytes(32), SealingKey(secrets.token_bytes(32)))
            for ahead in (0, 7)
        ],
        shared=[Shared(SharedKind.ABOUT, "Nineteen years on the road")],
    )
    with made.standing_at(STREET):
        answer = ask("POST", ORIGINS["desk"], "/enrolment/hand-in", body.write())
    assert answer.status == 204, answer.body
    made.python("desk", *act, "confirm", "ben", asked)
    key = made.folder / "key.pem"
    leanto("key", "vouch", "--key", key, asked, "--out", signed, answers="\nyes\n")
    made.python("desk", *act, "vouch", signed)


def walks_the_whole_way(made: Machines) -> None:
    """The watch asks, is rung, claims, answers and writes, with cards that were carried to it."""
    cards = made.data(STREET) / "watch"
    cards.mkdir()
    shutil.copy(made.data("desk") / "watch/equipment.json", cards)
    made.give(STREET, cards)
    made.begin(STREET, "-m", "leanto", "serve", "watch", "--data", str(made.data(STREET)))
    seen = cards / "metrics.prom"
    through = "leanto_test_request_through 1"
    made.until(lambda: seen.exists() and through in seen.read_text(), within_seconds=WITHIN_SECONDS)
    metrics = seen.read_text()
    for room in NETWORKS:
        assert f'leanto_ready{{room="{room}"}} 1' in metrics
    assert 'leanto_fault{kind="lists"} 0' in metrics


def is_up(url: str) -> bool:
    try:
        wait_until_up(url, timeout_seconds=1, below=300)
    except TimeoutError:
        return False
    return True


def reaches(room: str) -> bool:
    """Whether somebody answers there, asked from where this thread stands."""
    try:
        return ask("GET", ORIGINS[room], "/livez").status < 300
    except OSError:
        return False


def leanto(*arguments: str | Path, answers: str = "") -> str:
    done = finished("leanto", *arguments, answers=answers)
    assert done.returncode == 0, done.stderr
    return done.stdout
