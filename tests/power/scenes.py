"""For each door of the mailroom one scene: what was before, what is asked, what comes again."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from leanto.mailroom.routes import ROUTES
from leanto.wire.mailboxes import Forget, Post, ReadKeyBody
from leanto.wire.requests import SLOTS, Act, ActBody, Answer, Claim, KeyedBody, Seal, Slot
from leanto.wire.rest import RestBody
from leanto.wire.slots import SLOT_SIZE, SlotOpened, SlotWritten
from leanto.wire.wakes import Drills, DutyTest, DutyWakes
from tests.harness.mailroom import Mailroom
from tests.harness.stand_ins import Officer, Peer, envelope, leave, secret


@dataclass(frozen=True)
class Scene:
    """Something to be asked. `changes`: the disk is another afterwards; `again`: the status."""

    path: str
    body: bytes = b""
    token: str = ""
    changes: bool = True
    again: int = 204


@dataclass
class Stage:
    """A mailroom with Ben on duty, and Ana who has asked him."""

    mailroom: Mailroom
    ben: Peer
    serial: int = 2

    def set(self) -> None:
        """Ana asks anew, with keys of which nothing is known."""
        self.ana, self.ben.talk_key, self.slot_key = Officer(self.mailroom), secret(), secret()
        self.ana.ask(self.ben)

    def clear(self) -> None:
        """Ana ends it all, so that the disk stays small."""
        assert self.ana.close().status == 204

    def letter(self) -> None:
        assert leave(self.mailroom, self.ana.address).status == 201

    def pass_of_hers(self) -> str:
        return self.mailroom.program.token_header()

    def keyed(self, read_key: bytes) -> bytes:
        return KeyedBody(request_id=self.ana.request_id, read_key=read_key).write()

    def claimed(self) -> None:
        assert self.ben.claim(self.ana.request_id).status == 200

    def slot(self) -> bytes:
        opened = SlotOpened(self.slot_key, os.urandom(SLOT_SIZE))
        answer = self.mailroom.post("/slots", opened.write(), self.pass_of_hers())
        assert answer.status == 201
        return opened.body


def look(path: str, *, again: int = 200) -> Callable[[Stage], Scene]:
    return lambda _stage: Scene(path, changes=False, again=again)


def charter(stage: Stage) -> Scene:
    return Scene("/charter", stage.mailroom.program.charter(), changes=False)


def bulletin(stage: Stage) -> Scene:
    stage.serial += 2
    body = stage.mailroom.program.bulletin(stage.ben.address, serial=stage.serial)
    return Scene("/bulletin", body)


def envelopes(stage: Stage) -> Scene:
    return Scene("/envelopes", Post(stage.ana.address, envelope()).write(), again=201)


def fetch(stage: Stage) -> Scene:
    stage.letter()
    body = ReadKeyBody(stage.ana.read_key).write()
    return Scene("/envelopes/fetch", body, changes=False, again=200)


def forget(stage: Stage) -> Scene:
    stage.letter()
    ids = tuple(one.id for one in stage.ana.fetch())
    return Scene("/envelopes/forget", Forget(stage.ana.read_key, ids).write())


def close(stage: Stage) -> Scene:
    return Scene("/mailboxes/close", ReadKeyBody(stage.ana.read_key).write())


def ask(stage: Stage) -> Scene:
    stage.clear()
    stage.ana = Officer(stage.mailroom)
    return Scene("/requests", stage.ana.ask_body(stage.ben), stage.pass_of_hers(), again=201)


def withdraw(stage: Stage) -> Scene:
    body = ReadKeyBody(stage.ana.read_key).write()
    return Scene("/requests/withdraw", body, stage.pass_of_hers())


def seal(stage: Stage) -> Scene:
    slots = tuple(Slot(os.urandom(16), envelope()) for _ in range(SLOTS))
    body = Seal(request_id=stage.ana.request_id, read_key=stage.ana.read_key, slots=slots)
    return Scene("/requests/seal", body.write(), changes=False, again=200)


def act(stage: Stage) -> Scene:
    body = ActBody(request_id=stage.ana.request_id, read_key=stage.ana.read_key, act=Act.CLOSE)
    return Scene("/requests/act", body.write(), again=404)


def resume(stage: Stage) -> Scene:
    stage.claimed()
    assert stage.ben.answer(stage.ana.request_id).status == 201
    body = ActBody(request_id=stage.ana.request_id, read_key=stage.ana.read_key, act=Act.RESUME)
    return Scene("/requests/act", body.write())


def state(stage: Stage) -> Scene:
    stage.claimed()  # or the state might go on by itself between the two answers
    body = stage.keyed(stage.ana.read_key)
    return Scene("/requests/state", body, changes=False, again=200)


def claim(stage: Stage) -> Scene:
    body = Claim(
        request_id=stage.ana.request_id,
        read_key=stage.ben.read_key,
        talk_address=stage.ben.talk_address,
    )
    return Scene("/requests/claim", body.write(), again=200)


def pass_on(stage: Stage) -> Scene:
    stage.claimed()
    return Scene("/requests/pass", stage.keyed(stage.ben.read_key))


def answer(stage: Stage) -> Scene:
    stage.claimed()
    body = Answer(request_id=stage.ana.request_id, read_key=stage.ben.read_key, envelope=envelope())
    return Scene("/requests/answer", body.write(), again=201)


def rest(stage: Stage) -> Scene:
    body = RestBody(
        read_key=stage.ben.read_key,
        rests_until_hour=int.from_bytes(os.urandom(2)),
        keeps_place=True,
    )
    return Scene("/duty/rest", body.write())


def wakes(stage: Stage) -> Scene:
    body = DutyWakes(stage.ben.read_key, Drills.BY_DAY, (os.urandom(16), os.urandom(16)))
    return Scene("/duty/wakes", body.write())


def try_waking(stage: Stage) -> Scene:
    """Nothing stands there, and nobody is woken."""
    none = DutyWakes(stage.ben.read_key, Drills.NONE, ())
    assert stage.mailroom.post("/duty/wakes", none.write()).status == 204
    return Scene("/duty/test", DutyTest(stage.ben.read_key, 0).write(), changes=False, again=404)


def open_slot(stage: Stage) -> Scene:
    body = SlotOpened(stage.slot_key, os.urandom(SLOT_SIZE)).write()
    return Scene("/slots", body, stage.pass_of_hers(), again=201)


def fetch_slot(stage: Stage) -> Scene:
    stage.slot()
    return Scene("/slots/fetch", ReadKeyBody(stage.slot_key).write(), changes=False, again=200)


def write_slot(stage: Stage) -> Scene:
    replaced = sha256(stage.slot()).digest()
    body = SlotWritten(stage.slot_key, replaced, os.urandom(SLOT_SIZE)).write()
    return Scene("/slots/write", body)


def forget_slot(stage: Stage) -> Scene:
    stage.slot()
    return Scene("/slots/forget", ReadKeyBody(stage.slot_key).write())


SCENES: dict[str, Callable[[Stage], Scene]] = {
    **{path: look(path) for path, route in ROUTES.items() if route.method == "GET"},
    **{path: look(path, again=204) for path in ("/livez", "/readyz")},
    "/charter": charter,
    "/bulletin": bulletin,
    "/envelopes": envelopes,
    "/envelopes/fetch": fetch,
    "/envelopes/forget": forget,
    "/mailboxes/close": close,
    "/requests": ask,
    "/requests/withdraw": withdraw,
    "/requests/seal": seal,
    "/requests/act": act,
    "/requests/act, resumed": resume,
    "/requests/state": state,
    "/requests/claim": claim,
    "/requests/pass": pass_on,
    "/requests/answer": answer,
    "/duty/rest": rest,
    "/duty/wakes": wakes,
    "/duty/test": try_waking,
    "/slots": open_slot,
    "/slots/fetch": fetch_slot,
    "/slots/write": write_slot,
    "/slots/forget": forget_slot,
}
