"""Cleo goes down the list: from a charter and nothing else to the moment when officers may ask."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from http import HTTPStatus

import pytest
from django.test import Client

from leanto.desk.admission import actions as admission
from leanto.desk.admission.keys import key_folder
from leanto.desk.audit.models import Entry
from leanto.desk.bulletin import rehearsing, renewal
from leanto.desk.bulletin.actions import publish
from leanto.desk.conftest import KeyHolder
from leanto.desk.directory.models import Chosen
from leanto.desk.enrolment.models import Enrolment, OwnWord
from leanto.desk.enrolment.tests.ben import enrolled
from leanto.desk.opening import actions, facts, queries
from leanto.desk.opening.matters import matters
from leanto.desk.opening.models import Confirmed
from leanto.desk.people.models import Staff
from leanto.desk.roster.actions import add_agency
from leanto.desk.roster.remits import set_remit
from leanto.desk.rota.actions import add_shift, remove_shift
from leanto.desk.rota.models import Shift
from leanto.desk.site import configuration
from leanto.desk.site.configuration import DeskConfig
from leanto.rules.opening import Step
from leanto.rules.weeks import day_of, minute_of
from leanto.wire.public import NO_DATE_YET, OPEN, PublicPart
from tests.harness.postoffice import PostOffice, post_office
from tests.harness.staff import browser_of, member_with_second_step

DAY = timedelta(days=1)
BY_HAND = {
    Step.SHEETS: ("Rosa Diaz", "Tom Hale"),
    Step.PACK: ("Ada Quist, attorney",),
    Step.HELPLINES: ("Cleo Marsh",),
    Step.ANSWERING_LINE: ("Otis Grant",),
    Step.RETENTION: ("The board",),
}


@pytest.fixture
def office(program: DeskConfig, monkeypatch: pytest.MonkeyPatch) -> Iterator[PostOffice]:
    """The program's mail server."""
    with post_office() as found:
        monkeypatch.setattr(configuration, "_config", replace(program, mail=found.mail))
        yield found


@pytest.fixture
def cleo(office: PostOffice) -> Client:
    """Cleo at the desk; Otis is the other coordinator."""
    member_with_second_step("Otis Grant")
    return browser_of(member_with_second_step())


def red(now: datetime) -> list[Step]:
    return [one.step for one in facts.steps(now=now) if not one.green]


def said_of_opening(now: datetime) -> int:
    return PublicPart.read(bytes(publish(now=now).public)).opens_day


def peers_get_ready(key_holder: KeyHolder, now: datetime) -> None:
    """Three peers with keys and a tested phone; the first of them is always on duty."""
    for name in ("Ben", "Dev", "Fay"):
        peer = enrolled(name, sign=key_holder.vouch, now=now - DAY, weeks=5)
        OwnWord.objects.create(
            peer=peer,
            said_minute=minute_of(now),
            reserve=True,
            quiet_from_minute=0,
            quiet_until_minute=0,
            available_until_minute=0,
            reached_day=day_of(now),
        )
    Enrolment.objects.update(opened_on=now.date())
    ben = Enrolment.objects.get(handle="Ben").peer
    add_shift(peer=ben, start=now - DAY, until=now + 16 * DAY, tier=0, by=None, now=now - DAY)


def keys_come_back(key_holder: KeyHolder, now: datetime) -> None:
    """A successor is named, and both holders type their sheets."""
    successor = KeyHolder()
    named = key_holder.renew(renewal.renewal_request(now=now), successor=successor.public)
    renewal.install_renewal(text=named, by=None, now=now)
    request = rehearsing.rehearsal_request(now=now)
    for holder in (key_holder, successor):
        rehearsing.store_rehearsal(text=holder.rehearse(request), by=None, now=now)


def everything_by_hand(cleo: Client, now: datetime) -> None:
    """What Cleo writes down: each matter with the name of who looked."""
    for step, names in BY_HAND.items():
        keys = [one.key for one in matters(step)]
        parts = [[one] for one in keys] if len(names) > 1 else [keys]
        for part, who in zip(parts, names, strict=True):
            answer = cleo.post(
                f"/opening/confirm/{step}/", {"keys": part, "who": who, "on": now.date()}
            )
            assert answer.status_code == HTTPStatus.FOUND, answer.content.decode()


def mail_is_tested(cleo: Client, office: PostOffice) -> None:
    cleo.post("/opening/mail/")
    code = office.letters[-1].message.get_content().strip()[-6:]
    assert cleo.post("/opening/mail/", {"code": "nonsense"[:6]}).status_code == HTTPStatus.OK
    assert cleo.post("/opening/mail/", {"code": code}).status_code == HTTPStatus.FOUND


def all_but_the_day(cleo: Client, office: PostOffice, key_holder: KeyHolder, now: datetime) -> None:
    peers_get_ready(key_holder, now)
    keys_come_back(key_holder, now)
    everything_by_hand(cleo, now)
    mail_is_tested(cleo, office)


def test_the_program_opens_when_all_is_green_and_not_before(
    cleo: Client, office: PostOffice, key_holder: KeyHolder, now: datetime
) -> None:
    """No step is left out, no card is made before, and every pocket is told the day."""
    assert red(now) == [one for one in Step if one not in (Step.COORDINATORS, Step.CHARTER)]
    assert said_of_opening(now) == NO_DATE_YET
    all_but_the_day(cleo, office, key_holder, now)
    assert red(now) == [Step.DAY]
    cleo.post("/opening/day/", {"day": now.date() + 3 * DAY})
    assert said_of_opening(now) == day_of(now) + 3
    assert red(now) == []
    refusal = cleo.post("/opening/open/").content.decode()
    assert "The day has not come" in refusal
    assert not queries.is_open()
    with pytest.raises(admission.BoxRefused, match="once the program is open"):
        makes_cards(now)
    cleo.post("/opening/day/", {"day": now.date()})
    assert cleo.post("/opening/open/").status_code == HTTPStatus.FOUND
    assert said_of_opening(now) == OPEN
    assert makes_cards(now).number == 1
    acts = set(Entry.objects.values_list("act", flat=True))
    assert {"confirmed-step", "set-opening-day", "opened"} <= acts


def test_officers_read_counsels_name_below_the_limits(cleo: Client, now: datetime) -> None:
    """Once somebody wrote it down, and not a day longer than it holds."""
    assert PublicPart.read(bytes(publish(now=now).public)).pack["reviewed"] is None
    (limits,) = (one.key for one in matters(Step.PACK))
    said = {"keys": [limits], "who": "Ada Quist, attorney", "on": now.date()}
    cleo.post(f"/opening/confirm/{Step.PACK}/", said)
    read = PublicPart.read(bytes(publish(now=now).public)).pack["reviewed"]
    assert read == {"by": "Ada Quist, attorney", "date": now.date().isoformat()}
    assert "Reviewed by Ada Quist" in cleo.get("/directory/").content.decode()
    actions.take_back(confirmed=Confirmed.objects.get(), by=None, now=now)
    assert PublicPart.read(bytes(publish(now=now).public)).pack["reviewed"] is None


def test_one_person_cannot_keep_both_sheets(
    cleo: Client, key_holder: KeyHolder, now: datetime
) -> None:
    """The page says so at once; a list that stays red would not."""
    keys_come_back(key_holder, now)
    page = f"/opening/confirm/{Step.SHEETS}/"
    first, second = (one.key for one in matters(Step.SHEETS))
    said = {"who": "Rosa Diaz", "on": now.date()}
    assert (
        "One sheet at a time" in cleo.post(page, said | {"keys": [first, second]}).content.decode()
    )
    cleo.post(page, said | {"keys": [first]})
    assert "keeps the other sheet" in cleo.post(page, said | {"keys": [second]}).content.decode()
    assert [one.matter for one in Confirmed.objects.all()] == [first]


def makes_cards(now: datetime) -> admission.NewBox:
    last = date(2029, 1, 1)
    return admission.make_box(count=1, last_day=last, folder=key_folder(), by=None, now=now)


def test_one_step_that_turns_red_keeps_it_shut_and_later_closes_nothing(
    cleo: Client, office: PostOffice, key_holder: KeyHolder, now: datetime
) -> None:
    """A hole in the rota stops the opening; after it, a hole is an alarm and takes no peer away."""
    all_but_the_day(cleo, office, key_holder, now)
    actions.set_day(day=now.date(), by=None, now=now)
    shift = Shift.objects.get()
    remove_shift(shift=shift, by=None, now=now)
    assert red(now) == [Step.COVER]
    with pytest.raises(actions.NotYet):
        actions.open_program(by=None, now=now)
    ben = Enrolment.objects.get(handle="Ben").peer
    again = add_shift(peer=ben, start=now, until=now + 16 * DAY, tier=0, by=None, now=now)
    actions.open_program(by=None, now=now)
    remove_shift(shift=again, by=None, now=now)
    assert queries.is_open()
    assert red(now) == [Step.COVER]


def test_a_coordinator_of_one_agency_is_not_the_second_one(cleo: Client, now: datetime) -> None:
    """When Cleo falls ill, somebody must be able to do all that she did."""
    assert Step.COORDINATORS not in red(now)
    otis, by = Staff.objects.get(name="Otis Grant"), Staff.objects.get(name="Cleo Marsh")
    harlow = add_agency(code="harlow-pd", name="Harlow Police", by=None, now=now)
    set_remit(person=otis, agencies=[harlow], by=by, now=now)
    assert Step.COORDINATORS in red(now)


def test_what_changed_is_asked_anew(
    cleo: Client, office: PostOffice, key_holder: KeyHolder, now: datetime
) -> None:
    """Counsel read one version, a finger dialled one number: another one is not theirs."""
    all_but_the_day(cleo, office, key_holder, now)
    pack, lines = Chosen.objects.get(kind="pack"), Chosen.objects.get(kind="helplines")
    pack.content["version"] += 1
    pack.save()
    lines.content["lines"][1]["call"] = "+15550100"
    lines.save()
    assert red(now) == [Step.PACK, Step.HELPLINES, Step.DAY]
    keys_come_back_to_another_holder = Confirmed.objects.filter(step=Step.SHEETS).first()
    assert keys_come_back_to_another_holder is not None
    cleo.post(f"/opening/confirmed/{keys_come_back_to_another_holder.pk}/take-back/")
    assert red(now) == [Step.SHEETS, Step.PACK, Step.HELPLINES, Step.DAY]
    assert Entry.objects.filter(act="took-back-step").count() == 1
    long_ago = ["us-federal, version 0"]
    with pytest.raises(actions.NothingToConfirm):
        actions.confirm(step=Step.PACK, keys=long_ago, who="Max", on=now.date(), by=None, now=now)


def test_the_list_says_what_why_and_who_in_both_languages(cleo: Client) -> None:
    """Whoever opens the list knows what to do next, and the home page leads to it."""
    page = cleo.get("/opening/").content.decode()
    assert page.count("Who does it:") == len(Step) - 2
    assert "/opening/" in cleo.get("/").content.decode()
    cleo.cookies["desk-language"] = "es"
    assert cleo.get("/opening/").content.decode().count("Quién lo hace:") == len(Step) - 2
    for path in ("day/", "mail/", *(f"confirm/{step}/" for step in BY_HAND)):
        assert cleo.get(f"/opening/{path}").status_code == HTTPStatus.OK
    assert cleo.get("/opening/confirm/day/").status_code == HTTPStatus.NOT_FOUND
