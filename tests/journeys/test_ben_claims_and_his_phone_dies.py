"""A peer claims and never answers: a minute later the next one rings; the late one is told."""

import re

import pytest

from tests.harness import officer, supporter
from tests.harness.cast import DESKTOP, Cast
from tests.harness.house import House

pytestmark = pytest.mark.journey

A_MINUTE_AND_A_HALF_MS = 90_000


def test_the_next_peer_is_rung_and_the_late_answer_is_refused(house: House, cast: Cast) -> None:
    """A claim is no answer: Ana waits for nobody whose phone died, and has one peer, not two."""
    ana = cast.person("ana", origins=house.origins)
    ben = cast.person("ben", origins=house.origins, device=DESKTOP)
    bea = cast.person("bea", origins=house.origins, device=DESKTOP)
    for one, handle in ((ben, "Ben"), (bea, "Bea")):
        supporter.joins(one, house, handle=handle)
    (link,) = house.at_desk("cards", "1")
    officer.types_card(ana, house, officer.code_on(link))
    ben.refusals.add(409)

    ben.browser.route(re.compile("/requests/answer$"), lambda route: route.abort())
    officer.goes_to_ask(ana, house)
    officer.asks(ana, "Nobody knows yet.")
    officer.is_received(ana)
    ben.goes_to("Someone asks for a peer")
    with ben.page.expect_request(re.compile("/requests/answer$")):
        ben.presses("I'm here")
    ben.is_killed()

    house.clock.forward(seconds=61)
    bea.opens(house.pocket)
    bea.reads("Someone asks for a peer", within_ms=A_MINUTE_AND_A_HALF_MS)
    supporter.claims(bea)
    officer.opens_answer(ana)
    ana.sees("Talk with Bea")
    bea.reads("Nobody knows yet.")

    with ben.page.expect_response(re.compile("/requests/answer$")) as late:
        ben.opens(house.pocket)
    assert (late.value.status, "request-taken" in late.value.text()) == (409, True)
    ben.opens(house.pocket)
    ben.goes_to("On call")
    assert ben.page.get_by_text("Your open talk").count() == 0
    assert ana.page.get_by_text("Nobody knows yet.").count() == 1
