"""`leanto demo`: a made-up program on this computer, made by the acts that a real one is made by.

`leanto practice` is its one answering peer, a process of its own.
"""

import argparse
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from leanto.commands.program import Commands
from leanto.host.clock import Clock, SystemClock, moment
from leanto.host.config import FILE, Config, ConfigError, load
from leanto.wire.cards import Card, Invitation

FOLDER = Path(".leanto/demo")
WELCOME = "welcome.txt"
KEY_FILE = "program-key.pem"
MEMORY = Path("practice/memory.json")
CARDS = 6
CARD_DAYS = 730
OURSELVES = Path(sys.prefix, "bin", "leanto")  # no shell of theirs knows the name alone


def register(commands: Commands) -> None:
    demo = commands.add_parser("demo", help="a made-up program to try on this computer")
    demo.add_argument("--fresh", action="store_true", help="forget the last one, begin anew")
    demo.add_argument("--data", type=Path, default=FOLDER, help=f"its folder ({FOLDER})")
    demo.add_argument("--port", type=int, default=8000)
    demo.set_defaults(run=_demo)

    practice = commands.add_parser("practice", help="the peer that answers in `leanto demo`")
    practice.add_argument("--mailroom", required=True, help="origin, on this computer")
    practice.add_argument("--memory", type=Path, required=True)
    practice.set_defaults(run=_practice)


def _demo(chosen: argparse.Namespace) -> int:
    from leanto.host.children import kept_running  # noqa: PLC0415 -- only where it runs
    from leanto.host.opening import open_desk  # noqa: PLC0415 -- loads the desk
    from leanto.host.serve import beside, run  # noqa: PLC0415 -- as above
    from leanto.watch.equipment import equip  # noqa: PLC0415 -- as above

    clock = SystemClock()
    data: Path = chosen.data.resolve()
    if chosen.fresh and (data / FILE).exists():
        shutil.rmtree(data)
    if not (data / WELCOME).exists():
        _make(data, port=chosen.port, clock=clock)
    config = open_desk(data, clock=clock)
    print((data / WELCOME).read_text("utf-8"), flush=True)
    equip(config, now=moment(clock))
    with _practice_peer(config), kept_running(beside(config)):
        run(config, clock=clock)
    print("\nThe demo has ended. It keeps its data; `make demo FRESH=1` begins anew.")
    return 0


def _practice(chosen: argparse.Namespace) -> int:
    from leanto.sim.practice.peer import PracticePeer  # noqa: PLC0415 -- only where it runs
    from leanto.sim.practice.rooms import NotForRealUse  # noqa: PLC0415 -- as above

    try:
        PracticePeer(mailroom=chosen.mailroom, memory=chosen.memory).run()
    except NotForRealUse as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0
    return 0


@contextmanager
def _practice_peer(config: Config) -> Iterator[None]:
    memory = config.data / MEMORY
    command = [sys.executable, "-m", "leanto", "practice"]
    command += ["--mailroom", config.mailroom, "--memory", str(memory)]
    # A terminal sends Ctrl-C to both; the peer leaves it to us, so that it ends without a word.
    ours = signal.signal(signal.SIGINT, signal.SIG_IGN)
    peer = subprocess.Popen(command)  # noqa: S603 -- our own program and our own paths
    signal.signal(signal.SIGINT, ours)
    try:
        yield
    finally:
        peer.terminate()
        peer.wait()


def _make(data: Path, *, port: int, clock: Clock) -> None:
    """Found, charter, settle, publish; then write what is handed out to people."""
    if (data / FILE).exists():
        raise ConfigError(f"{data} was left half made. Start with --fresh.")
    print("Making a made-up program. This takes a few seconds.", flush=True)
    fingerprint = _found(data, port=port, clock=clock)
    from django.db import transaction  # noqa: PLC0415 -- the desk is loaded now

    from leanto.desk.opening.rehearsal import open_rehearsal  # noqa: PLC0415 -- as above
    from leanto.programkey import keyfile, signing  # noqa: PLC0415 -- as above
    from leanto.sim.practice.memory import save  # noqa: PLC0415 -- as above
    from leanto.sim.town import settle  # noqa: PLC0415 -- as above

    key = keyfile.read(data / KEY_FILE, passphrase="")
    with transaction.atomic():  # one bulletin for the whole town, not one for each neighbor
        memory = settle(
            program_id=fingerprint,
            sign=lambda text: signing.sign_vouch(signing.read_vouch_request(text), key=key),
            now=moment(clock),
        )
        open_rehearsal(now=moment(clock))
        welcome = _welcome(load(data), fingerprint=fingerprint, clock=clock)
    save(memory, data / MEMORY)
    (data / WELCOME).write_text(welcome, "utf-8")


def _found(data: Path, *, port: int, clock: Clock) -> bytes:
    from leanto.host.founding import FirstWords, found  # noqa: PLC0415 -- loads the desk
    from leanto.programkey import keyfile, signing  # noqa: PLC0415 -- as above
    from leanto.sim import region  # noqa: PLC0415 -- as above
    from leanto.wire.charter import fingerprint  # noqa: PLC0415 -- as above

    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    (data / KEY_FILE).unlink(missing_ok=True)
    key = keyfile.new(data / KEY_FILE, passphrase="")
    pinned = fingerprint(keyfile.public_half(key))
    config = Config(
        name=region.NAME,
        region=region.REGION,
        time_zone=region.TIME_ZONE,
        fingerprint=pinned.hex(),
        pocket=f"http://leanto.localhost:{port}",
        desk=f"http://desk.localhost:{port}",
        mailroom=f"http://mailroom.localhost:{port}",
        notifier=f"http://wake.leanto.localhost:{port + 1}",
        notifier_port=port + 1,
        host="127.0.0.1",
        port=port,
        data=data,
    )
    place = "In the window of the made-up union hall, Mill Street"
    first = FirstWords(pack="us-federal", helplines="us", card_place=place)
    request = found(config, first=first, clock=clock)
    from leanto.desk.bulletin.actions import install_charter  # noqa: PLC0415 -- as above

    wanted = signing.read_charter_request(request.read_text("ascii"), key=key)
    signed = signing.sign_charter(wanted, key=key)
    install_charter(text=signed, by=None, now=moment(clock))
    return pinned


def _welcome(config: Config, *, fingerprint: bytes, clock: Clock) -> str:
    """What a person needs to walk through: addresses, cards, two invitations."""
    cards = _cards(fingerprint, clock=clock)
    lines = [
        f"{config.name}: a made-up program, for this computer only.",
        "",
        f"  Officers and peers   {config.pocket}",
        f"  Coordinators         {config.desk}",
        "",
        "Cards for officers, as typed:",
        *(f"  {card.typed()}" for card in cards),
        "or the first one as the link in its QR code:",
        f"  {cards[0].link(pocket_origin=config.pocket)}",
        "",
        "Invitations for coordinators, once each, within seven days:",
        *_coordinators(config, clock=clock),
        "",
        "Invitation for a peer; open it in another browser or a private window:",
        f"  {_peer(config, fingerprint=fingerprint, clock=clock)}",
        "After the coordinator compared the words, the key holder signs:",
        f"  {OURSELVES} key vouch --key {config.data / KEY_FILE} REQUEST --out VOUCH",
        "",
        "The practice peer is a program; it answers within seconds and says so.",
        "A phone needs HTTPS, so it cannot open these addresses. If this computer's browser does",
        "not open names that end in .localhost, use Chrome, Edge or Firefox.",
        "Ctrl-C ends the demo.",
    ]
    return "\n".join(lines) + "\n"


def _cards(fingerprint: bytes, *, clock: Clock) -> list[Card]:
    from leanto.desk.admission.actions import make_box  # noqa: PLC0415 -- the desk is loaded now
    from leanto.desk.admission.keys import key_folder  # noqa: PLC0415 -- as above

    now = moment(clock)
    last_day = (now + timedelta(days=CARD_DAYS)).date()
    box = make_box(count=CARDS, last_day=last_day, folder=key_folder(), by=None, now=now)
    return [Card(code, fingerprint) for code in box.codes]


def _coordinators(config: Config, *, clock: Clock) -> Iterator[str]:
    from leanto.desk.people.actions import invite_coordinator  # noqa: PLC0415 -- as above
    from leanto.sim.region import COORDINATORS  # noqa: PLC0415 -- as above

    for short, name in COORDINATORS.items():
        email = f"{short}@example.org"
        token = invite_coordinator(name=name, email=email, by=None, now=moment(clock))
        yield f"  {name} ({email})  {config.desk}/welcome/{token}/"


def _peer(config: Config, *, fingerprint: bytes, clock: Clock) -> str:
    from leanto.desk.enrolment.actions import invite  # noqa: PLC0415 -- as above
    from leanto.desk.roster.actions import invite_peer  # noqa: PLC0415 -- as above
    from leanto.desk.roster.models import Agency  # noqa: PLC0415 -- as above

    now = moment(clock)
    peer = invite_peer(
        name="Ben Aldous",
        agency=Agency.objects.get(code="ash-pd"),
        unit=None,
        chain_of_command="",
        reserve=True,
        by=None,
        now=now,
    )
    invitation = invite(peer=peer, by=None, now=now)
    return Invitation(invitation, fingerprint).link(pocket_origin=config.pocket)
