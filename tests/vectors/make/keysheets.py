"""The off-line keys on paper, and the proof that they can be had back. spec/keysheets.md."""

from dataclasses import replace
from typing import Any

from leanto.wire.charter import fingerprint
from leanto.wire.errors import WrongCheck
from leanto.wire.keysheets import KeySheet
from leanto.wire.rehearsal import Rehearsal
from tests.vectors.make.bulletin import signature_cases
from tests.vectors.make.cases import TODAY, Case, good, refusal, seeded, spoiled
from tests.vectors.make.cast import PROGRAM, PROGRAM_ID, SUCCESSOR


def keysheets_file() -> dict[str, Any]:
    unsigned = Rehearsal(program_id=PROGRAM_ID, key=PROGRAM.public, day=TODAY)
    signed = replace(unsigned, signature=PROGRAM.sign(unsigned.signed_part()))
    case = good("the program key on this day", signed)
    return {
        "about": "spec/keysheets.md: `text` is what a person types or scans",
        "sheet": _sheets(),
        "rehearsal": [case, *spoiled(case, Rehearsal.read)],
        "signature": signature_cases(signed.signed_part(), PROGRAM.public, signed.signature),
    }


def _sheets() -> list[Case]:
    sheet = KeySheet(seeded("program key", 32), fingerprint(PROGRAM.public)[:8])
    other = KeySheet(seeded("successor key", 32), fingerprint(SUCCESSOR.public)[:8])
    rows, true = sheet.rows(), {"ok": True, "secret": sheet.secret.hex()}
    true |= {"owner": sheet.owner.hex(), "rows": list(rows)}
    swapped = (rows[1], rows[0], *rows[2:])
    slip = rows[2][0] + rows[2][2] + rows[2][1] + rows[2][3:]
    wrong = {
        "two rows in each other's place": "\n".join(swapped),
        "two letters swapped in row 3": "\n".join((*rows[:2], slip, *rows[3:])),
        "a row is missing": "\n".join(rows[:4]),
        "a row too many": "\n".join((*rows, rows[4])),
        "a letter that is never printed": "U" + sheet.scanned().removeprefix("LEANTO KEY 1 ")[1:],
        "another version": sheet.scanned().replace("KEY 1", "KEY 2"),
        "nothing": "",
    }
    mixed = "\n".join((*rows[:3], *other.rows()[3:]))
    return [
        {"name": "as typed", **true, "text": "\n".join(rows)},
        {"name": "as scanned", **true, "text": sheet.scanned()},
        {"name": "lower case with hyphens", **true, "text": "-".join(rows).lower()},
        *(
            {"name": name, "ok": False, "text": text, "problem": refusal(KeySheet.read, text)}
            for name, text in wrong.items()
        ),
        {
            "name": "rows of two sheets: each fits, and the key is not the owner's",
            "ok": False,
            "text": mixed,
            "problem": WrongCheck.problem,
        },
    ]
