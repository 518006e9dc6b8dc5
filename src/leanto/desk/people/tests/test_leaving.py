"""A coordinator who lost everything comes back by another's hand; one who left does not."""

import re
from datetime import datetime

import pytest
from django.test import Client

from leanto.desk.audit.models import Entry
from leanto.desk.people.leaving import reset_sign_in
from leanto.desk.people.models import Staff
from leanto.desk.site.configuration import DeskConfig
from tests.harness.staff import PASSWORD, browser_of, member_with_second_step

pytestmark = pytest.mark.django_db


def test_dora_lost_phone_and_codes_and_comes_back_by_cleo(desk: DeskConfig) -> None:
    """Nothing old works from then on, the link works once, and Cleo's name stands beside it."""
    cleo, dora = member_with_second_step(), member_with_second_step("Dora Vance")
    doras_browser = browser_of(dora)
    page = browser_of(cleo).post(f"/staff/{dora.pk}/reset/").content.decode()
    assert doras_browser.get("/").status_code == 302
    signing_in = {"login": dora.email, "password": PASSWORD}
    assert "_auth_user_id" not in Client().post("/sign-in/", signing_in).client.session

    link = re.search(r'class="once">http://[^/]+(/welcome/[^<]+)<', page)
    assert link
    new = {"password": "five other warm words now", "again": "five other warm words now"}
    assert "<svg" in Client().post(link[1], new, follow=True).content.decode()
    assert Client().post(link[1], new).status_code == 410
    assert not Staff.objects.get(pk=dora.pk).has_second_step()
    assert Entry.objects.get(act="reset-sign-in").by == cleo


def test_who_left_is_out_at_once_and_no_link_brings_them_back(desk: DeskConfig) -> None:
    """Neither an open browser, nor the old password, nor a link from before."""
    cleo, dora = member_with_second_step(), member_with_second_step("Dora Vance")
    page = browser_of(cleo).post(f"/staff/{dora.pk}/reset/").content.decode()
    link = re.search(r'class="once">http://[^/]+(/welcome/[^<]+)<', page)
    doras_browser = browser_of(dora)
    browser_of(cleo).post(f"/staff/{dora.pk}/close/")
    assert doras_browser.get("/").status_code == 302
    assert link
    assert Client().get(link[1]).status_code == 410
    assert "Dora Vance" not in browser_of(cleo).get("/staff/").content.decode()
    assert Entry.objects.get(act="closed-account").on == "Dora Vance"


def test_with_nobody_left_the_operator_opens_the_way_on_record(
    desk: DeskConfig, now: datetime
) -> None:
    """The only coordinator lost everything: whoever runs the machine lets her in, and it shows."""
    cleo = member_with_second_step()
    token = reset_sign_in(person=cleo, by=None, now=now)
    assert Client().get(f"/welcome/{token}/").status_code == 200
    assert not Staff.objects.get(pk=cleo.pk).has_second_step()
    assert Entry.objects.get(act="reset-sign-in").on == cleo.name


@pytest.mark.parametrize("act", ["reset", "close"])
def test_nobody_does_it_to_themselves(desk: DeskConfig, act: str) -> None:
    """Whoever sits at Cleo's open browser cannot make a way in for later."""
    cleo = member_with_second_step()
    answer = browser_of(cleo).post(f"/staff/{cleo.pk}/{act}/")
    assert answer.status_code == 409
    assert Staff.objects.get(pk=cleo.pk).has_second_step()
