"""Does the notifier answer, and may it take work now? spec/watch.md."""

from shutil import disk_usage

from leanto.doorway.answers import NO_CONTENT, Outcome
from leanto.doorway.bodies import Question
from leanto.doorway.readiness import Reason, ready_unless
from leanto.notifier.room import Room

KEPT_FREE_BYTES = 64 * 1024 * 1024


async def live(_room: Room, _question: Question) -> Outcome:
    """The process answers."""
    return NO_CONTENT


async def ready(room: Room, _question: Question) -> Outcome:
    reasons = []
    if disk_usage(room.config.folder).free < KEPT_FREE_BYTES:
        reasons.append(Reason.DISK)
    try:
        await room.store.do(lambda _connection: None)
    except Exception:  # noqa: BLE001 - whatever it is, nothing can be written
        reasons.append(Reason.DATABASE)
    return ready_unless(reasons)
