"""How a peer's keys come to be vouched for. spec/enrolment.md."""

from pathlib import Path
from typing import Any

from leanto.sim.pocket.peer import sign_bundles, sign_hand_in, sign_standing
from leanto.wire.enrolment import (
    BundlesBody,
    EnrolmentAnswer,
    EnrolmentState,
    HandIn,
    StandingBody,
    StateAsked,
    Vouched,
    enrolment_words,
)
from leanto.wire.errors import WireError
from leanto.wire.members import Shared, SharedKind
from leanto.wire.sheets import Heading, read_sheet, write_sheet
from tests.vectors.make.bulletin import signature_cases
from tests.vectors.make.cases import TODAY, Case, bad, good, seeded, spoiled
from tests.vectors.make.cast import BEN, MEMBERS_KEY, PROGRAM_ID, VOUCH, week

WORDS = Path(__file__).parents[3].joinpath("src/leanto/data/words.txt").read_text().split()
INVITATION = seeded("invitation", 16)


def enrolment_file() -> dict[str, Any]:
    hand_in = sign_hand_in(
        identity=BEN,
        program_id=PROGRAM_ID,
        invitation=INVITATION,
        handle="Ben",
        weeks=[week(TODAY), week(TODAY + 7)],
        shared=[Shared(SharedKind.YEARS, "12")],
    )
    bundles = sign_bundles(identity=BEN, program_id=PROGRAM_ID, weeks=[week(TODAY + 14)])
    handed_in = good("Ben hands in two weeks", hand_in)
    standing = _standing()
    said = good("in reserve, quiet by night, available now, reached", standing)
    return {
        "about": "spec/enrolment.md",
        "words": [_words("Ben", BEN.agreement.public), _words("other keys", seeded("other", 32))],
        "hand_in": [
            handed_in,
            *spoiled(handed_in, HandIn.read),
            bad("an empty handle", handed_in, HandIn.read, at=17, put="00"),
        ],
        "hand_in_signature": signature_cases(
            hand_in.signed_part(program_id=PROGRAM_ID), BEN.signing.public, hand_in.signature
        ),
        "state_asked": _with_failures(StateAsked(INVITATION), StateAsked),
        "state": _states(),
        "bundles_body": _with_failures(bundles, BundlesBody),
        "bundles_signature": signature_cases(
            bundles.signed_part(), BEN.signing.public, bundles.signature
        ),
        "standing_body": [
            said,
            *spoiled(said, StandingBody.read),
            bad("a consent of 2", said, StandingBody.read, at=53, put="02"),
            bad("quiet until a minute that no day has", said, StandingBody.read, at=56, put="05a0"),
        ],
        "standing_signature": signature_cases(
            standing.signed_part(), BEN.signing.public, standing.signature
        ),
        "sheet": _sheets(),
    }


def _standing() -> StandingBody:
    minute = TODAY * 1440 + 600
    body = StandingBody(
        program_id=PROGRAM_ID,
        signing_key=BEN.signing.public,
        said_minute=minute,
        reserve_consent=True,
        quiet_from_minute=1320,
        quiet_until_minute=420,
        available_until_minute=minute + 240,
        reached_day=TODAY - 3,
        opened_day=TODAY - 1,
    )
    return sign_standing(body, identity=BEN)


def _words(name: str, agreement_key: bytes) -> Case:
    keys = {
        "program_id": PROGRAM_ID,
        "signing_key": BEN.signing.public,
        "agreement_key": agreement_key,
    }
    words = list(enrolment_words(**keys, words=WORDS))
    return {"name": name, "ok": True, **{k: v.hex() for k, v in keys.items()}, "words": words}


def _states() -> list[Case]:
    vouched = EnrolmentAnswer(EnrolmentState.VOUCHED, Vouched(1, MEMBERS_KEY, VOUCH))
    case = good("vouched", vouched)
    invited = good("invited", EnrolmentAnswer(EnrolmentState.INVITED))
    read = EnrolmentAnswer.read
    return [
        invited,
        good("handed in", EnrolmentAnswer(EnrolmentState.HANDED_IN)),
        case,
        *spoiled(case, read),
        bad("vouched without a vouch", invited, read, at=1, put="03"),
        bad("a state of 4", invited, read, at=1, put="04"),
    ]


def _sheets() -> list[Case]:
    data = VOUCH.unsigned()
    text = write_sheet(Heading.VOUCH_REQUEST, data)
    wrong = {
        "another heading": write_sheet(Heading.VOUCH, data),
        "three lines": text + "more\n",
        "no base64": text[:-2] + "!\n",
        "padding": text.rstrip() + "=\n",
    }
    failures = []
    for name, sheet in wrong.items():
        try:
            read_sheet(Heading.VOUCH_REQUEST, sheet)
        except WireError as error:
            failures.append({"name": name, "ok": False, "text": sheet, "problem": error.problem})
    assert len(failures) == len(wrong)
    true = {"name": "a vouch request", "ok": True, "heading": Heading.VOUCH_REQUEST}
    return [true | {"text": text, "bytes": data.hex()}, *failures]


def _with_failures(value: Any, kind: Any) -> list[Case]:
    case = good("as it should be", value)
    return [case, *spoiled(case, kind.read)]
