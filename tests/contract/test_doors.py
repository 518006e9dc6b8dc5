"""The doors that know no name keep to spec/openapi.json, whatever is asked there."""

import json
import os
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from leanto.wire.slots import SLOT_SIZE, SlotOpened
from tests.harness.house import opened_house
from tests.harness.mailroom import Mailroom
from tests.harness.rounds import rounds
from tests.harness.stand_ins import Officer, Peer, leave, secret
from tests.harness.waking.notifier import running_notifier

pytestmark = pytest.mark.soak

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "spec/openapi.json"
SETTINGS = Path(__file__).with_name("schemathesis.toml")
OF_THE_DESK = "^/(issuance|enrolment)/"
OF_THE_NOTIFIER = "^/(channels|endpoints|wakes)"
ELSEWHERE = f"{OF_THE_DESK}|{OF_THE_NOTIFIER}"


def test_the_mailroom_keeps_to_its_document(mailroom: Mailroom, tmp_path: Path) -> None:
    """No answer that the law does not name, no fault of ours, at any door."""
    ask_at(mailroom.url, tmp_path, stage_of(mailroom), "--exclude-path-regex", ELSEWHERE)


def test_the_desks_doors_for_pockets_keep_to_it_too(tmp_path: Path) -> None:
    """Cards and invitations that nobody printed are refused as the law says."""
    with opened_house(tmp_path) as house:
        ask_at(house.desk, tmp_path, {}, "--include-path-regex", OF_THE_DESK)


def test_the_notifier_keeps_to_it_too(tmp_path: Path) -> None:
    """Max may ask whatever he likes: he finds no endpoint, and wakes nobody."""
    with running_notifier(tmp_path) as notifier:
        ask_at(notifier.url, tmp_path, {}, "--include-path-regex", OF_THE_NOTIFIER)


def ask_at(url: str, folder: Path, stage: dict[str, object], *only: str) -> None:
    """Runs schemathesis with every check that makes sense where bodies are bytes: no finding."""
    told = folder / "stage.json"
    told.write_text(json.dumps({"people": [], "passes": []} | stage))
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(SETTINGS)),
        *("run", str(DOCUMENT), *only, "--max-examples", str(rounds(check=15, soak=2000))),
        *("--url", re.sub("//[^:]+", "//127.0.0.1", url), "--header", f"Host:{url[7:]}"),
    ]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
        "SCHEMATHESIS_HOOKS": str(SETTINGS.with_name("asking.py")),
        "STAGE": str(told),
    }
    done = subprocess.run(  # in a folder of its own, for it keeps what it found
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr


def stage_of(mailroom: Mailroom) -> dict[str, object]:
    """Two on duty; one request rings, one is taken; letters and a sealed copy lie there."""
    ben, dev, ana, eve = Peer(mailroom), Peer(mailroom), Officer(mailroom), Officer(mailroom)
    mailroom.publish(ben.address, dev.address)
    for officer in (ana, eve):
        officer.ask(ben, dev)
        leave(mailroom, officer.address)
    assert ben.claim(eve.request_id).status == 200
    copy = SlotOpened(secret(), bytes(SLOT_SIZE))
    assert mailroom.post("/slots", copy.write(), mailroom.program.token_header()).status == 201
    people = [
        {"read_key": who.read_key, "address": who.address, "request_id": about.request_id}
        for who in (ben, dev, ana, eve)
        for about in ((who,) if isinstance(who, Officer) else (ana, eve))
    ]
    people.append({"read_key": copy.read_key, "replaced": sha256(copy.body).digest()})
    passes = [mailroom.program.token_header() for _ in range(rounds(check=20, soak=400))]
    return {
        "people": [{name: one.hex() for name, one in who.items()} for who in people],
        "passes": passes,
    }
