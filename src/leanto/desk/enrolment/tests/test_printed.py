"""An invitation on paper: for whoever has no e-mail, in one answer and never again."""

import re
from base64 import b64decode
from datetime import datetime

from leanto.desk.roster.actions import add_agency, invite_peer
from leanto.desk.site.configuration import DeskConfig
from tests.harness.staff import browser_of, member_with_second_step


def test_an_invitation_is_one_page_in_either_language(program: DeskConfig, now: datetime) -> None:
    """The coordinator hands Ben a page at the training; the peer's page does not have it after."""
    city = add_agency(code="city-pd", name="City Police", by=None, now=now)
    ben = invite_peer(
        name="Ben Okafor",
        agency=city,
        unit=None,
        chain_of_command="",
        reserve=False,
        by=None,
        now=now,
    )
    cleo = browser_of(member_with_second_step())
    page = cleo.post(f"/peers/{ben.pk}/keys/invite/").content.decode()
    papers = dict(re.findall(r'download="invitation-(..).pdf" href="data:[^,]+,([^"]+)"', page))
    assert set(papers) == {"en", "es"}
    for language, paper in papers.items():
        made = b64decode(paper)
        assert f"/Lang({language})".encode() in made
        assert re.search(rb"/Type/Pages/Count 1\b", made)
    assert "data:" not in cleo.get(f"/peers/{ben.pk}/").content.decode()
