"""Which file holds what, and how a file looks."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.vectors.make.asked import asked_file
from tests.vectors.make.bulletin import bundle_file, charter_file, head_file, vouch_file
from tests.vectors.make.enrolment import enrolment_file
from tests.vectors.make.keepsakes import keepsakes_file
from tests.vectors.make.keysheets import keysheets_file
from tests.vectors.make.letters import letters_file
from tests.vectors.make.lineage import lineage_file
from tests.vectors.make.mailroom import mailboxes_file, requests_file
from tests.vectors.make.notifier import notifier_file
from tests.vectors.make.parts import duty_file, members_file, public_file
from tests.vectors.make.planning import planning_file
from tests.vectors.make.slots import slots_file
from tests.vectors.make.tokens import cards_file, tokens_file

VECTORS = Path(__file__).parents[3] / "spec/vectors"
FILES: dict[str, Callable[[], dict[str, Any]]] = {
    "charter": charter_file,
    "lineage": lineage_file,
    "vouch": vouch_file,
    "bundle": bundle_file,
    "head": head_file,
    "members": members_file,
    "duty": duty_file,
    "public": public_file,
    "cards": cards_file,
    "tokens": tokens_file,
    "mailboxes": mailboxes_file,
    "requests": requests_file,
    "asked": asked_file,
    "planning": planning_file,
    "enrolment": enrolment_file,
    "letters": letters_file,
    "slots": slots_file,
    "keepsakes": keepsakes_file,
    "keysheets": keysheets_file,
    "notifier": notifier_file,
}


def as_text(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def write_all() -> None:
    for name, make in FILES.items():
        (VECTORS / f"{name}.json").write_text(as_text(make()), encoding="utf-8")
