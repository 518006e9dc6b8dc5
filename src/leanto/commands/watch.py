"""`leanto watch`: looks every minute whether all works. `leanto doctor` says what does not."""

import argparse
import time

from leanto.commands.program import Commands, add_data
from leanto.host.clock import SystemClock
from leanto.host.config import load

SETTLES_SECONDS = 20


def register(commands: Commands) -> None:
    watch = commands.add_parser("watch", help="look every minute; `leanto serve` starts it")
    add_data(watch)
    watch.add_argument("--with-parent", action="store_true", help=argparse.SUPPRESS)
    watch.set_defaults(run=_watch)

    doctor = commands.add_parser("doctor", help="say what is wrong, and what to do")
    add_data(doctor)
    doctor.set_defaults(run=_doctor)


def _watch(chosen: argparse.Namespace) -> int:
    from leanto.host.children import end_with_parent  # noqa: PLC0415 -- only where it runs
    from leanto.watch.minutes import keep_looking  # noqa: PLC0415 -- as above

    if chosen.with_parent:
        end_with_parent()
        time.sleep(SETTLES_SECONDS)  # whoever started it is starting too
    keep_looking(load(chosen.data), clock=SystemClock())


def _doctor(chosen: argparse.Namespace) -> int:
    from leanto.watch.doctor import examine  # noqa: PLC0415 -- only where it runs

    wrong = 0
    for finding in examine(chosen.data, clock=SystemClock()):
        wrong += finding.wrong
        print(finding.written())
    print("Nothing is wrong." if not wrong else f"{wrong} of these must be mended.")
    return 1 if wrong else 0
