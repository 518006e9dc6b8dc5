"""Python and TypeScript read and refuse the same bytes, also those that no vector names."""

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from leanto.wire.backup import Backup, SlotBody
from leanto.wire.bundle import Bundle
from leanto.wire.charter import Charter, Lineage
from leanto.wire.draws import Draw, Drawn, TokenKeys
from leanto.wire.drills import AnswerTimes
from leanto.wire.endpoints import EndpointState, Pushed, Ways
from leanto.wire.enrolment import EnrolmentAnswer
from leanto.wire.errors import WireError
from leanto.wire.head import Head
from leanto.wire.letters import Letter, Outer, SealedRequest
from leanto.wire.listening import read_from_mailroom
from leanto.wire.mailboxes import Fetched
from leanto.wire.members import MembersPart
from leanto.wire.requests import Ask, Asked, Claimed, Sealed, StateAnswer
from leanto.wire.slots import SlotFetched, SlotReceipt
from leanto.wire.tokens import Token, read_token_key
from leanto.wire.vouch import Vouch
from tests.harness.rounds import rounds
from tests.vectors.make.files import VECTORS

pytestmark = pytest.mark.soak

type Read = Callable[[bytes], object]

# The pocket's reader, ours, and where the law has cases for them.
BOTH: dict[str, tuple[Read, str, str]] = {
    "decodeCharter": (Charter.read, "charter", "read"),
    "decodeLineage": (Lineage.read, "lineage", "read"),
    "decodeVouch": (Vouch.read, "vouch", "read"),
    "decodeBundle": (Bundle.read, "bundle", "read"),
    "decodeHead": (Head.read, "head", "read"),
    "decodeMembers": (MembersPart.read, "members", "read"),
    "decodeToken": (Token.read, "tokens", "token"),
    "decodeTokenKey": (read_token_key, "tokens", "key"),
    "decodeTokenKeys": (TokenKeys.read, "tokens", "token_keys"),
    "decodeDrawRequest": (Draw.read, "tokens", "draw"),
    "decodeDrawAnswer": (Drawn.read, "tokens", "drawn"),
    "decodeOuter": (Outer.read, "letters", "outer"),
    "decodeSealedRequest": (SealedRequest.read, "letters", "request_body"),
    "decodeLetter": (Letter.read, "letters", "letter_body"),
    "decodeAsk": (Ask.read, "requests", "ask"),
    "decodeAskAnswer": (Asked.read, "requests", "asked"),
    "decodeSealMoreAnswer": (Sealed.read, "requests", "sealed"),
    "decodeStateAnswer": (StateAnswer.read, "requests", "state"),
    "decodeClaimAnswer": (Claimed.read, "requests", "claimed"),
    "decodeFetched": (Fetched.read, "mailboxes", "fetched"),
    "decodeAnswerTimes": (AnswerTimes.read, "mailboxes", "answer_times"),
    "decodeFrame": (read_from_mailroom, "mailboxes", "from_mailroom"),
    "decodeChannels": (Ways.read, "notifier", "ways"),
    "decodeEndpointState": (EndpointState.read, "notifier", "state"),
    "decodePush": (Pushed.read, "notifier", "push"),
    "decodeSlotReceipt": (SlotReceipt.read, "slots", "receipt"),
    "decodeSlotFetched": (SlotFetched.read, "slots", "fetched"),
    "decodeSlotBody": (SlotBody.read, "slots", "outer"),
    "decodeBackup": (Backup.read, "slots", "backup"),
    "decodeEnrolmentState": (EnrolmentAnswer.read, "enrolment", "state"),
}
# The pocket looks into pack and lines, which the mailroom passes on: test_public.py has its cases.
OF_THE_POCKET_ALONE = {"decodePublicOuter", "decodePublicPart"}
NOTHING_TO_DIFFER_ABOUT = {"decodeInner"}  # three fields, one length
TELLING = (0, 1, 2, 3, 12, 13, 31, 32, 127, 128, 255)
TEXTS = [
    *(b"\xc3\xa9", b"e\xcc\x81", b"\0", b"\n", b"\t", b"\x1f", b"\x7f", b"\xef\xbb\xbf"),
    *(b"\xed\xa0\x80", b"\xc0\x80", b"\xff"),  # half a character, too long, none
]


def test_a_pocket_reads_what_we_read() -> None:
    """What one side takes for lawful, the other does too: no byte splits the program."""
    chance = Random("two readings")  # noqa: S311 - the same stories in every run
    asked = {reader: list(spoiled(chance, *place)) for reader, (_, *place) in BOTH.items()}
    ours = {reader: [judged(BOTH[reader][0], one) for one in asked[reader]] for reader in BOTH}
    theirs = in_typescript(asked)
    differ = [
        f"{reader}: we say {one}, the pocket {other}: {data.hex()}"
        for reader in BOTH
        for data, one, other in zip(asked[reader], ours[reader], theirs[reader], strict=True)
        if one != other
    ]
    assert differ[:3] == []
    assert [reader for reader, said in ours.items() if set(said) != {"0", "1"}] == []


def test_every_reader_of_the_pocket_is_compared() -> None:
    """A reader that somebody adds to the pocket is held against ours, or this fails."""
    script = 'import("./pocket/src/wire/index.ts").then((one) => console.log(...Object.keys(one)))'
    there = {one for one in node("-e", script).split() if one.startswith("decode")}
    assert there == set(BOTH) | OF_THE_POCKET_ALONE | NOTHING_TO_DIFFER_ABOUT


def spoiled(chance: Random, file: str, group: str) -> Iterator[bytes]:
    """The law's cases with some bytes changed, cut, added or moved."""
    cases = json.loads((VECTORS / f"{file}.json").read_text("utf-8"))[group]
    wholes = [bytes.fromhex(one["bytes"]) for one in cases if one.get("ok") and "bytes" in one]
    for _ in range(rounds(check=150, soak=20_000)):
        data = bytearray(chance.choice(wholes))
        for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
            spoil(chance, data)
        yield bytes(data)


def spoil(chance: Random, data: bytearray) -> None:
    # Most of what readers could differ about stands in front.
    at = chance.randrange(min(len(data), chance.choice((4, 120, 1 << 20))) or 1)
    match chance.randrange(5):
        case 0:
            data[at : at + 1] = bytes([chance.choice(TELLING)])
        case 1:
            data[at : at + 1] = bytes([chance.randrange(256)])
        case 2:
            written = chance.choice(TEXTS)
            data[at : at + len(written)] = written
        case 3:
            del data[len(data) - chance.randrange(3) :]
        case _:
            data += bytes(chance.randrange(3))


def judged(read: Read, data: bytes) -> str:
    try:
        read(data)
    except WireError:
        return "0"
    return "1"


def in_typescript(asked: dict[str, list[bytes]]) -> Any:
    given = {reader: [data.hex() for data in all_] for reader, all_ in asked.items()}
    return json.loads(node(str(Path(__file__).with_name("readings.mjs")), said=json.dumps(given)))


def node(*arguments: str, said: str = "") -> str:
    """Node reads the pocket's sources as they are, without their types."""
    root = VECTORS.parents[1]
    done = subprocess.run(
        ["node", *arguments], cwd=root, input=said, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
