"""Mailboxes, frames and help requests. spec/mailboxes.md, spec/requests.md."""

from typing import Any

from leanto.wire import listening as line
from leanto.wire import requests
from leanto.wire.drills import AnswerTimes, Drill, Drilled
from leanto.wire.mailboxes import (
    ENVELOPE_SIZE,
    Fetched,
    Forget,
    Kept,
    Post,
    ReadKeyBody,
    address_of,
)
from leanto.wire.plan import PlannedRing
from leanto.wire.rest import RestBody
from tests.vectors.make.cases import TODAY, Case, Read, bad, good, refusal, seeded, spoiled

READ_KEY = seeded("read key", 32)
ADDRESS = address_of(READ_KEY)
REQUEST_ID = seeded("request id", 16)
ENVELOPE = seeded("an envelope", ENVELOPE_SIZE)
IDS = (seeded("id 1", 16), seeded("id 2", 16))


def mailboxes_file() -> dict[str, Any]:
    fetched = good("two envelopes", Fetched(TODAY, tuple(Kept(one, ENVELOPE) for one in IDS)))
    return {
        "about": "spec/mailboxes.md: bodies and frames. `read_key_body` is fetch and close",
        "address": [
            {
                "name": "of a read key",
                "ok": True,
                "read_key": READ_KEY.hex(),
                "address": ADDRESS.hex(),
            }
        ],
        "post": _with_failures(good("an envelope", Post(ADDRESS, ENVELOPE)), Post.read),
        "read_key_body": _with_failures(
            good("a read key", ReadKeyBody(READ_KEY)), ReadKeyBody.read
        ),
        "fetched": [
            *_with_failures(fetched, Fetched.read),
            bad("seventeen envelopes", fetched, Fetched.read, at=3, put="11"),
            good("nothing", Fetched(TODAY, ())),
        ],
        "forget": [
            *_with_failures(good("two ids", Forget(READ_KEY, IDS)), Forget.read),
            good("no id", Forget(READ_KEY, ())),
        ],
        "answer_times": [
            *_with_failures(good("two parts of day", AnswerTimes((4, 6, 0))), AnswerTimes.read),
        ],
        "from_pocket": _from_pocket(),
        "from_mailroom": _from_mailroom(),
    }


def _from_pocket() -> list[Case]:
    read = line.read_from_pocket
    listen = good("listen", line.Listen((READ_KEY, seeded("another read key", 32))))
    frames = [
        listen,
        good("forget", line.ForgetFrame(ADDRESS, IDS)),
        good("leave", line.Leave(ADDRESS)),
        good("heard", line.Heard(ADDRESS, REQUEST_ID)),
        good("drilled", Drilled(ADDRESS, IDS[0])),
    ]
    return [
        *frames,
        *(failure for frame in frames for failure in spoiled(frame, read, versioned=False)),
        bad("listen: version 2", listen, read, at=1, put="02"),
        bad("listen: 33 read keys", listen, read, at=2, put="21"),
        *_no_frames(read, "06"),
    ]


def _from_mailroom() -> list[Case]:
    read = line.read_from_mailroom
    listening = good(
        "listening",
        line.Listening(TODAY, ((ADDRESS, line.Found.MAILBOX), (IDS[0], line.Found.UNKNOWN))),
    )
    ring = good("ring", line.Ring(ADDRESS, REQUEST_ID, requests.Urgency.TODAY))
    hush = good("hush", line.Hush(ADDRESS, REQUEST_ID, line.HushReason.ANSWERED))
    state = good("request", line.RequestFrame(ADDRESS, requests.RequestState.NOBODY_LEFT))
    frames = [
        listening,
        good("envelope", line.EnvelopeFrame(ADDRESS, IDS[0], TODAY, ENVELOPE)),
        good("forgotten", line.Forgotten(ADDRESS, IDS)),
        ring,
        hush,
        state,
        good("drill", Drill(ADDRESS, IDS[0])),
    ]
    return [
        *frames,
        *(failure for frame in frames for failure in spoiled(frame, read, versioned=False)),
        bad(
            "listening: neither unknown, mailbox nor duty mailbox", listening, read, at=20, put="03"
        ),
        bad("ring: an urgency of 3", ring, read, at=33, put="03"),
        bad("hush: a reason of 0", hush, read, at=33, put="00"),
        bad("request: a state of 5", state, read, at=17, put="05"),
        *_no_frames(read, "08"),
    ]


def _no_frames(read: Read, unknown_kind: str) -> list[Case]:
    frames = {"an empty frame": "", "kind 0": "00", "an unknown kind": unknown_kind}
    return [
        {"name": name, "ok": False, "bytes": data, "problem": refusal(read, bytes.fromhex(data))}
        for name, data in frames.items()
    ]


def requests_file() -> dict[str, Any]:
    keyed: Any = {"request_id": REQUEST_ID, "read_key": READ_KEY}
    sealed = seeded("a sealed request", ENVELOPE_SIZE)
    slots = tuple(requests.Slot(seeded(f"slot {n}", 16), sealed) for n in range(requests.SLOTS))
    seal = requests.Seal(**keyed, slots=slots)
    ask, urgent = _asked(slots), _urgent(slots)
    act = good("close", requests.ActBody(**keyed, act=requests.Act.CLOSE))
    state = good("ringing", requests.StateAnswer(requests.RequestState.RINGING))
    rest = good(
        "until an hour",
        RestBody(read_key=READ_KEY, rests_until_hour=TODAY * 24 + 6, keeps_place=True),
    )
    claim = requests.Claim(**keyed, talk_address=ADDRESS)
    return {
        "about": "spec/requests.md: bodies. `keyed` is state and pass",
        "ask": [
            *_with_failures(ask, requests.Ask.read),
            bad("a wish of 2", ask, requests.Ask.read, at=33, put="02"),
            bad("an urgency of 3", ask, requests.Ask.read, at=34, put="03"),
            bad("urgent, and some time today", ask, requests.Ask.read, at=33, put="8101"),
            urgent,
            bad("urgent, and a wish of 2", urgent, requests.Ask.read, at=33, put="82"),
            bad("a plan for a thirteenth slot", urgent, requests.Ask.read, at=35, put="0c"),
            bad("a plan that goes back", urgent, requests.Ask.read, at=36, put="0100"),
            bad("a spare line in front", urgent, requests.Ask.read, at=35, put="ffffff"),
            bad("a spare line with a time", urgent, requests.Ask.read, at=105, put="0000"),
        ],
        "asked": _with_failures(
            good("twelve kept", requests.Asked(7, 12, seeded("receipt", 64))), requests.Asked.read
        ),
        "seal": _with_failures(good("twelve more", seal), requests.Seal.read),
        "sealed": _with_failures(good("five kept", requests.Sealed(8, 5)), requests.Sealed.read),
        "act": [
            *_with_failures(act, requests.ActBody.read),
            bad("an act of 0", act, requests.ActBody.read, at=49, put="00"),
            bad("an act of 6", act, requests.ActBody.read, at=49, put="06"),
        ],
        "keyed": _with_failures(
            good("a key", requests.KeyedBody(**keyed)), requests.KeyedBody.read
        ),
        "state": [
            *_with_failures(state, requests.StateAnswer.read),
            bad("a state of 0", state, requests.StateAnswer.read, at=1, put="00"),
        ],
        "claim": _with_failures(good("a claim", claim), requests.Claim.read),
        "rest": [
            *_with_failures(rest, RestBody.read),
            bad("a place kept in part", rest, RestBody.read, at=37, put="02"),
        ],
        "claimed": _with_failures(good("won", requests.Claimed(sealed)), requests.Claimed.read),
        "answer": _with_failures(
            good("an answer", requests.Answer(**keyed, envelope=ENVELOPE)), requests.Answer.read
        ),
    }


def _asked(slots: tuple[requests.Slot, ...]) -> Case:
    return good(
        "twelve slots",
        requests.Ask(
            request_id=REQUEST_ID,
            reply_address=ADDRESS,
            wish=requests.Wish.CHOSEN_FIRST,
            urgency=requests.Urgency.TODAY,
            slots=slots,
        ),
    )


def _urgent(slots: tuple[requests.Slot, ...]) -> Case:
    plan = ((0, 0), (3, 0), (7, 20), (0, 65535))
    return good(
        "urgent, with a plan",
        requests.Ask(
            request_id=REQUEST_ID,
            reply_address=ADDRESS,
            wish=requests.Wish.FIRST_AVAILABLE,
            urgency=requests.Urgency.NOW,
            urgent=True,
            plan=tuple(PlannedRing(*line) for line in plan),
            slots=slots,
        ),
    )


def _with_failures(case: Case, read: Read) -> list[Case]:
    return [case, *spoiled(case, read)]
