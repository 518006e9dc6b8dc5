"""One knock at a nameless room: finds the door, turns a refusal into one problem, forgets.

Nothing of a request is ever logged: of a fault of ours, its class and the route's own name.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

from leanto.doorway.answers import Answers, Outcome
from leanto.doorway.bodies import Gone
from leanto.doorway.readiness import NotReady
from leanto.doorway.refusing import Refused
from leanto.wire.errors import WireError

type Scope = MutableMapping[str, Any]
type Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

AFTER_A_FAULT_SECONDS = 1


class OneMethod(Protocol):
    @property
    def method(self) -> str: ...


async def answer_knock[Route: OneMethod](
    route: Route | None,
    ask: Callable[[Route], Awaitable[Outcome]],
    *,
    answers: Answers,
    scope: Scope,
    send: Send,
    log: logging.Logger,
    if_none: str = "not-found",
) -> None:
    """What this route says, or the one problem that stands for its refusal."""
    method = scope["method"]
    if route is None:
        await answers.problem(send, if_none)
    elif method == "OPTIONS":
        await answers.preflight(send, route.method)
    elif method != route.method:
        await answers.problem(send, "wrong-method", (b"allow", route.method.encode()))
    else:
        try:
            outcome = await ask(route)
        except NotReady as not_now:
            close = (b"connection", b"close")
            await answers.problem(send, not_now.problem, close, detail=not_now.detail)
        except (Refused, WireError) as refusal:
            # The rest of a body that was refused is not read: the connection ends with the answer.
            await answers.problem(send, refusal.problem, (b"connection", b"close"))
        except Gone:
            return
        except Exception as fault:  # noqa: BLE001 - whoever asked is told; the log hears the class alone
            log_fault(log, fault, scope["path"])
            await answers.problem(send, "broken", (b"connection", b"close"))
        else:
            await answers.answer(send, outcome)


async def for_ever(chore: Callable[[], Awaitable[None]], log: logging.Logger) -> None:
    """A crash anywhere leads to another attempt."""
    while True:
        try:
            await chore()
        except Exception as fault:  # noqa: BLE001 - a chore that stopped would be a silent room
            log_fault(log, fault, chore.__name__)
            await asyncio.sleep(AFTER_A_FAULT_SECONDS)


def log_fault(log: logging.Logger, fault: BaseException, where: str) -> None:
    log.error("%s at %s", type(fault).__name__, where)
