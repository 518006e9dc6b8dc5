"""The notifier wakes phones by every way, whatever the ways do, and calls nobody else."""

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from leanto.wire.endpoints import Endpoint, EndpointNamed, Kind, Pushed, Standing, What
from tests.harness.mailroom import problem
from tests.harness.rounds import rounds
from tests.harness.sweep import found_in
from tests.harness.waking.notifier import Notifier, running_notifier
from tests.harness.waking.phone import Phone
from tests.harness.waking.services import Service, serving

pytestmark = pytest.mark.journey

SENTENCE = b"Something is waiting for you. Please open the app."
BEN = "ben.siskin@example.org"
NUMBER = "+15550104711"
SOAK = rounds(check=0, soak=1)


@pytest.fixture(scope="module")
def notifier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notifier]:
    with running_notifier(tmp_path_factory.mktemp("notifier")) as running:
        yield running


def test_a_phone_is_pushed_to_with_what_it_alone_can_open(notifier: Notifier) -> None:
    """Signed for the push service, sealed for the phone, of one size; and it says that it lives."""
    phone, other = notifier.phone("ben"), Phone()
    assert notifier.wake(phone.id).status == 204
    (came,) = notifier.ways.push.waits_for(1, path="/ben")
    assert phone.opens(came.body) == Pushed(What.WAKE, phone.id)
    with pytest.raises(InvalidTag):
        other.opens(came.body)
    today = notifier.clock.day()
    assert notifier.post("/endpoints/alive", EndpointNamed(phone.id).write()).status == 204
    state = notifier.state(phone.id)
    assert (state.standing, state.delivered_day, state.alive_day) == (
        Standing.WORKING,
        today,
        today,
    )


def test_every_way_says_the_same_to_everybody(notifier: Notifier) -> None:
    """Nobody who carries a wake can tell one from another: not by words, size or sender."""
    one, two = notifier.phone("first"), notifier.phone("second-with-a-longer-name")
    mails = [notifier.way(Kind.EMAIL, to) for to in (BEN, "dev@example.org")]
    topics = [notifier.way(Kind.NTFY, f"{notifier.ways.gateway.url}/{one}") for one in ("a", "bb")]
    sms, call = (notifier.way(kind, NUMBER) for kind in (Kind.SMS, Kind.PHONE))
    for endpoint_id in (one.id, two.id, *mails, *topics, sms, call, one.id, mails[0]):
        assert notifier.wake(endpoint_id).status == 204
    pushed = [
        *notifier.ways.push.waits_for(2, path="/first"),
        *notifier.ways.push.waits_for(1, path="/second"),
    ]
    assert len({came.bytes_alike() for came in pushed}) == 1
    letters = notifier.ways.office.waits_for(3)
    assert len({letter.bytes_alike() for letter in letters}) == 1
    assert letters[0].message["From"] == "program@example.org"
    texts, calls = (notifier.ways.gateway.waits_for(1, path=f"/{way}") for way in ("sms", "phone"))
    told = notifier.ways.gateway.waits_for(2, path="/")
    for came in (*texts, *calls, *told):
        assert SENTENCE in came.body
    assert NUMBER.encode() not in b"".join(came.body for came in told)
    assert SENTENCE in letters[0].raw


def test_a_phone_that_is_gone_is_gone_at_once(notifier: Notifier) -> None:
    """The mailroom hears it with the wake, the pocket when it looks; the address is destroyed."""
    phone = notifier.phone("gone")
    notifier.ways.push.say.append(410)
    assert problem(notifier.wake(phone.id)) == "endpoint-unknown"
    assert notifier.state(phone.id).standing is Standing.GONE
    assert problem(notifier.wake(phone.id)) == "endpoint-unknown"
    assert len(notifier.ways.push.waits_for(1, path="/gone")) == 1


def test_a_push_service_in_trouble_is_asked_again(notifier: Notifier) -> None:
    """A redirect is followed nowhere; what was refused is tried again, and arrives."""
    phones = {}
    for trouble in (429, 500, 302):
        phones[trouble] = notifier.phone(f"trouble-{trouble}")
        notifier.ways.push.say.append(trouble)
        assert notifier.wake(phones[trouble].id).status == 204
    for trouble, phone in phones.items():
        again = notifier.ways.push.waits_for(2, path=f"/trouble-{trouble}")
        assert {phone.opens(one.body).what for one in again} == {What.WAKE}
    assert not [one for one in notifier.ways.push.came if "elsewhere" in one.path]


def test_a_mail_server_in_trouble_loses_nothing(notifier: Notifier) -> None:
    """It refuses, puts off, hangs up: each letter comes once it will take it."""
    office = notifier.ways.office
    for mood in ("refuse", "greylist", "drop"):
        address = f"{mood}@example.org"
        office.towards[address] = mood
        assert notifier.wake(notifier.way(Kind.EMAIL, address)).status == 204
    assert {f"{mood}@example.org" for mood in ("refuse", "greylist", "drop")} <= set(office.tries)
    office.towards.clear()
    for mood in ("refuse", "greylist", "drop"):
        office.waits_for(1, to=f"{mood}@example.org")


@pytest.mark.soak
def test_a_mail_server_that_hangs_holds_up_nobody(tmp_path: Path) -> None:
    """Twenty letters wait for it; a push goes out at once, and not one letter is given up."""
    with running_notifier(tmp_path) as notifier:
        mailed = [notifier.way(Kind.EMAIL, f"peer-{one}@example.org") for one in range(20)]
        notifier.ways.office.mood = "hang"
        with ThreadPoolExecutor(20) as mailroom:
            assert {one.status for one in mailroom.map(notifier.wake, mailed)} == {204}
        phone, begun = notifier.phone("beside"), time.monotonic()
        assert notifier.wake(phone.id).status == 204
        (came,) = notifier.ways.push.waits_for(1, path="/beside")
        assert came.at - begun < 1
        assert notifier.waiting() == 20
        if SOAK:
            notifier.ways.office.mood = "take"
            notifier.ways.office.waits_for(20, seconds=120)


def test_a_wake_outlives_the_process(tmp_path: Path) -> None:
    """Killed while the push service hangs: what was taken is tried again, at least once."""
    with running_notifier(tmp_path) as notifier:
        phone = notifier.phone("ben")
        notifier.ways.push.say += ["hang", 201]
        assert notifier.wake(phone.id).status == 204
        notifier.ways.push.waits_for(1)
        notifier.kill_and_start()
        came = notifier.ways.push.waits_for(2)
        assert {phone.opens(one.body).what for one in came} == {What.WAKE}
        deadline = time.monotonic() + 5
        while notifier.waiting():
            assert time.monotonic() < deadline
            time.sleep(0.05)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        (Kind.PUSH, "http://127.0.0.1:1/"),
        (Kind.PUSH, "https://max.example/push"),
        (Kind.PUSH, "https://127.0.0.1.max.example/"),
        (Kind.PUSH, "https://max@127.0.0.1/"),
        (Kind.PUSH, "https://127.0.0.1\\@max.example/"),
        (Kind.PUSH, "https://127.0.0.1/ HTTP/1.1\nHost: max.example"),
        (Kind.PUSH, "file:///etc/passwd"),
        (Kind.PUSH, "https://[::1]/"),
        (Kind.EMAIL, "ben@example.org, max@example.org"),
        (Kind.EMAIL, "ben@example.org\nBcc: max@example.org"),
        (Kind.EMAIL, '"a b"@example.org'),
        (Kind.NTFY, "https://max.example/topic"),
        (Kind.NTFY, "GATEWAY/a/b"),
        (Kind.NTFY, "GATEWAY/a?title=x"),
        (Kind.SMS, "15550104711"),
        (Kind.SMS, "+1555/../../0104711"),
        (Kind.PHONE, "+1555{number}"),
    ],
)
def test_max_cannot_make_it_call_elsewhere(notifier: Notifier, kind: Kind, address: str) -> None:
    """Only kinds and hosts of the operator's list, written in the one way that they are written."""
    address = address.replace("GATEWAY", notifier.ways.gateway.url)
    phone = Phone()
    keys = (phone.public_key, phone.auth) if kind is Kind.PUSH else ()
    endpoint = Endpoint(phone.id, kind, address, *keys)
    answer = notifier.post("/endpoints", endpoint.write())
    assert problem(answer) == "channel-refused"
    assert problem(notifier.wake(phone.id)) == "endpoint-unknown"


def test_a_listed_host_on_a_private_network_is_not_called(tmp_path: Path) -> None:
    """A name that leads home is refused where the operator did not say so of that very port."""
    with running_notifier(tmp_path) as notifier, serving(Service()) as home:
        phone = Phone()
        endpoint = phone.subscribed(f"https://127.0.0.1:{home.port}/home")
        notifier.takes(endpoint)
        assert notifier.wake(phone.id).status == 204
        time.sleep(1)
        assert home.came == []
        assert notifier.waiting() == 1


def test_only_the_mailroom_wakes(notifier: Notifier) -> None:
    """Whoever knows a number, but not the secret, can have nobody woken."""
    phone = notifier.phone("asleep")
    named = EndpointNamed(phone.id).write()
    for shown in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer " + "A" * 43}):
        for path in ("/wakes", "/wakes/keep"):
            assert problem(notifier.post(path, named, shown)) == "secret-wrong"
    assert [one for one in notifier.ways.push.came if one.path == "/asleep"] == []


def test_what_nobody_names_is_gone_within_two_hours(tmp_path: Path) -> None:
    """And what the mailroom names stays for five weeks, and no longer than it is named."""
    with running_notifier(tmp_path) as notifier:
        named, not_named = notifier.phone("named"), notifier.phone("not-named")
        assert notifier.wake(named.id).status == 204
        notifier.clock.forward(seconds=2 * 3600)
        until_gone(notifier, not_named.id)
        assert notifier.state(named.id).standing is Standing.WORKING
        notifier.clock.forward(days=43)
        until_gone(notifier, named.id)


def test_nothing_of_a_person_is_in_any_file_or_word_of_it(tmp_path: Path) -> None:
    """Addresses are sealed at rest, and gone from every file once they are forgotten."""
    with running_notifier(tmp_path) as notifier:
        phone = notifier.phone("kestrel-4711")
        mailed, called = notifier.way(Kind.EMAIL, BEN), notifier.way(Kind.PHONE, NUMBER)
        notifier.ways.office.mood = "refuse"
        for endpoint_id in (phone.id, mailed, called):
            notifier.wake(endpoint_id)
        notifier.post("/endpoints?who=kestrel-4711", os.urandom(2048), {"Cookie": BEN})
        persons = {"mail": BEN.encode(), "number": NUMBER.encode(), "push": b"kestrel-4711"}
        assert found_in(notifier.every_file(), persons | {"auth": phone.auth}) == []
        for endpoint_id in (phone.id, mailed, called):
            forgotten = EndpointNamed(endpoint_id).write()
            assert notifier.post("/endpoints/forget", forgotten).status == 204
        numbers = {"its number": phone.id, "the mail's": mailed, "the call's": called}
        assert found_in(notifier.every_file(), numbers) == []


def until_gone(notifier: Notifier, endpoint_id: bytes) -> None:
    deadline = time.monotonic() + 10
    named = EndpointNamed(endpoint_id).write()
    while notifier.post("/endpoints/state", named).status != 404:
        assert time.monotonic() < deadline, "still there"
        time.sleep(0.1)
