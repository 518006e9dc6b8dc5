"""The members', duty and public parts. spec/bulletin.md."""

from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from leanto.wire.duty import DutyPart, DutyPerson, DutyShift, Standing
from leanto.wire.members import (
    NONCE_SIZE,
    Label,
    LabelKind,
    Member,
    MembersPart,
    RotaEntry,
    Shared,
    SharedKind,
    Tier,
    members_aad,
    members_key_hash,
)
from leanto.wire.public import PublicPart, TokenKey
from tests.vectors.make.cases import TODAY, Case, bad, flipped, good, plain, raw, seeded, spoiled
from tests.vectors.make.cast import BUNDLE, MEMBERS_KEY, PROGRAM_ID, VOUCH
from tests.vectors.make.issuer import SPKI

MINUTE = TODAY * 1440
SERIAL = 7
MEMBERS = MembersPart(
    members=(
        Member(
            vouch=VOUCH,
            bundles=(BUNDLE,),
            shared=(
                Shared(SharedKind.ABOUT, "Nights, and a dog.\nZoë knows."),
                Shared(SharedKind.BEEN_THROUGH, "after-a-bad-call"),
                Shared(SharedKind.LANGUAGE, "es"),
                Shared(SharedKind.RANK, "Sergeant"),
            ),
            labels=(
                Label(LabelKind.AGENCY, "north"),
                Label(LabelKind.UNIT, "Patrol B"),
                Label(LabelKind.LEADS_IN, "north"),
            ),
        ),
        Member(vouch=VOUCH, bundles=(), shared=(), labels=()),
    ),
    rota=(
        RotaEntry(0, MINUTE, MINUTE + 480, Tier.ON_DUTY),
        RotaEntry(1, MINUTE, MINUTE + 480, Tier.BACKSTOP),
        RotaEntry(1, MINUTE, MINUTE + 1440, Tier.RESERVE),
    ),
)


def members_file() -> dict[str, Any]:
    read = MembersPart.read
    two = good("two members", MEMBERS)
    empty = good("nobody", MembersPart((), ()))
    size = len(two["bytes"]) // 2
    about_at = 3 + 2 + len(VOUCH.write()) + 1 + 1301 + 1
    failures = [
        *spoiled(two, read),
        raw("two bundles for one member", _with_two_bundles(bytes.fromhex(two["bytes"])), read),
        bad("a shared item of kind 0", two, read, at=about_at, put="00"),
        bad("a shared item of kind 12", two, read, at=about_at, put="0c"),
        bad("a text with a carriage return", two, read, at=about_at + 3, put="0d"),
        bad("the rota names a member who is not there", two, read, at=size - 11, put="0002"),
        bad("a shift that ends as it begins", two, read, at=size - 5, put=f"{MINUTE:08x}"),
        bad("a tier that does not exist", two, read, at=size - 1, put="04"),
        bad("more members than bytes", two, read, at=1, put="ffff"),
    ]
    return {
        "about": "spec/bulletin.md, members' part; `read` is the plain form",
        "read": [two, empty, *failures],
        "sealed": _sealed(bytes.fromhex(two["bytes"])),
    }


def _with_two_bundles(plain: bytes) -> bytes:
    bundle = BUNDLE.write()
    return plain.replace(b"\x01" + bundle, b"\x02" + bundle + bundle)


def _sealed(plain: bytes) -> list[Case]:
    nonce = seeded("members nonce", NONCE_SIZE)
    aad = members_aad(program_id=PROGRAM_ID, serial=SERIAL)
    sealed = nonce + AESGCM(MEMBERS_KEY).encrypt(nonce, plain, aad)
    true: Case = {
        "members_key": MEMBERS_KEY.hex(),
        "members_key_hash": members_key_hash(MEMBERS_KEY).hex(),
        "program_id": PROGRAM_ID.hex(),
        "serial": SERIAL,
    }
    name = "two members"
    last = len(sealed) - 1
    return [
        {"name": name, "ok": True, **true, "sealed": sealed.hex(), "plain": plain.hex()},
        _unopened(
            "the key of another epoch",
            name,
            "wrong-hash",
            **true | {"members_key": seeded("another", 32).hex()},
        ),
        _unopened("of another bulletin", name, "not-opened", **true | {"serial": SERIAL + 1}),
        _unopened(
            "of another program",
            name,
            "not-opened",
            **true | {"program_id": seeded("another", 16).hex()},
        ),
        _unopened("a flipped bit", name, "not-opened", at=last, put=flipped(sealed, last), **true),
        _unopened("shorter than its nonce", name, "not-opened", cut=len(sealed) - 11, **true),
    ]


def _unopened(name: str, of: str, problem: str, **more: object) -> Case:
    recipe: Case = {} if {"at", "cut"} & more.keys() else {"add": ""}
    return {"name": name, "ok": False, "from": of, **recipe, **more, "problem": problem}


def duty_file() -> dict[str, Any]:
    read = DutyPart.read
    part = good(
        "two people",
        DutyPart(
            (
                DutyPerson(
                    person=seeded("person 1", 8),
                    standing=Standing.ORDINARY,
                    duty_addresses=(seeded("this week", 16), seeded("last week", 16)),
                    shifts=(DutyShift(Tier.ON_DUTY, MINUTE, MINUTE + 480),),
                ),
                DutyPerson(
                    person=seeded("person 2", 8),
                    standing=Standing.TEST,
                    duty_addresses=(),
                    shifts=(
                        DutyShift(Tier.RESERVE, MINUTE, MINUTE + 480),
                        DutyShift(Tier.RESERVE, MINUTE + 960, MINUTE + 1440),
                        DutyShift(Tier.BACKSTOP, MINUTE, MINUTE + 1440),
                    ),
                ),
            )
        ),
    )
    second_address_at = 1 + 2 + 8 + 1 + 1 + 16
    failures = [
        *spoiled(part, read),
        bad("a standing that does not exist", part, read, at=11, put="02"),
        bad(
            "an address twice", part, read, at=second_address_at, put=seeded("this week", 16).hex()
        ),
        bad("a tier that does not exist", part, read, at=second_address_at + 17, put="04"),
        bad(
            "a shift that ends before it begins",
            part,
            read,
            at=second_address_at + 18,
            put="ffffffff",
        ),
    ]
    return {
        "about": "spec/bulletin.md, duty part",
        "read": [part, good("nobody", DutyPart(())), *failures],
    }


def public_file() -> dict[str, Any]:
    part = PublicPart(
        program={
            "name": "Made-up",
            "region": "North",
            "agencies": [{"id": "north", "name": "North", "units": ["B"]}],
        },
        pack={"id": "made-up"},
        helplines=({"id": "988"},),
        token_keys=(TokenKey(1, TODAY, TODAY + 89, SPKI),),
        patience={"now": 10, "today": 60, "whenever": 1440},
        card_place={"en": "the break room", "es": "la sala de descanso"},
        opens_day=TODAY + 30,
    )
    case = good("a public part", part)
    text = bytes.fromhex(case["bytes"])
    strange = text[:-1] + b',"tracking":true}'
    lacking = text.replace(b'"card_place"', b'"card_plaza"')
    silent = text.replace(f',"opens_day":{TODAY + 30}'.encode(), b"")
    opened = {"name": "open, for it says nothing of it", "ok": True, "bytes": silent.hex()}
    few = text.replace(b'"region":"North"', b'"region":"North","small":true')
    small = {"name": "a program of few people", "ok": True, "bytes": few.hex()}
    padded = text.replace(b'"key":"MIIB', b'"key":"MII=')
    failures = {
        "not JSON": b"{",
        "a list": b"[]",
        "not UTF-8": b"\xff",
        "an unknown member": strange,
    }
    failures |= {"a member is missing": lacking, "a token key that is not base64": padded}
    failures |= {
        name: text.replace(whole, part)
        for name, whole, part in (
            ("helplines that are no list", b'"helplines":[{"id":"988"}]', b'"helplines":{}'),
            ("a patience that is no number", b'"now":10', b'"now":"10"'),
            ("a patience without an urgency", b'"now":10,', b""),
            ("an epoch that is no number", b'"epoch":1', b'"epoch":true'),
            ("an opening day below none", b'"opens_day":', b'"opens_day":-'),
        )
    }
    return {
        "about": "spec/bulletin.md, public part: JSON, so `bytes` need not come back on writing",
        "read": [
            case,
            opened | {"fields": plain(PublicPart.read(silent))},
            small | {"fields": plain(PublicPart.read(few))},
            *(raw(name, data, PublicPart.read) for name, data in failures.items()),
        ],
    }
