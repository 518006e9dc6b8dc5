"""Cards: printed once, drawn three times an epoch, and never to be found in a copied database."""

import secrets
from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leanto.desk.admission import actions
from leanto.desk.admission.actions import CardUnknown, CardUsedUp, EpochOver
from leanto.desk.admission.keys import key_folder
from leanto.desk.admission.models import Card
from leanto.desk.opening.rehearsal import open_rehearsal
from leanto.desk.site.configuration import DeskConfig
from leanto.rules.weeks import day_of, running_epochs
from leanto.wire.base32 import write_base32
from leanto.wire.base64 import write_base64
from leanto.wire.draws import Draw, Drawn
from leanto.wire.errors import WrongLayout

LAST_DAY = date(2028, 12, 31)


@pytest.fixture
def box(desk: DeskConfig, db: None, now: datetime) -> actions.NewBox:
    open_rehearsal(now=now)
    return actions.make_box(count=4, last_day=LAST_DAY, folder=key_folder(), by=None, now=now)


@pytest.fixture
def draw(box: actions.NewBox, now: datetime) -> Callable[..., Drawn]:
    """Ana draws with the first card of the box unless told otherwise."""

    def drawn(
        batch: tuple[bytes, ...] | None = None,
        *,
        code: bytes = box.codes[0],
        at: datetime = now,
        epoch: int | None = None,
    ) -> Drawn:
        running = running_epochs(today=day_of(now))[-1].number
        request = Draw(code, running if epoch is None else epoch, batch or ten())
        return actions.draw(request=request, folder=key_folder(), today=day_of(at))

    return drawn


def ten() -> tuple[bytes, ...]:
    return tuple(b"\0" + secrets.token_bytes(255) for _ in range(10))


def test_the_same_ten_get_the_same_answer_always(draw: Callable[..., Drawn]) -> None:
    """A line that drops at any byte costs Ana nothing: she sends the same again, however often."""
    batch = ten()
    first = draw(batch)
    others = [draw(), draw()]
    assert draw(batch) == first
    assert len({first.signed, *(other.signed for other in others)}) == 3


def test_a_fourth_batch_is_refused_and_the_next_epoch_is_open(
    draw: Callable[..., Drawn], now: datetime
) -> None:
    """A card cannot feed a flood of requests, and Ana is not locked out for good."""
    for _ in range(3):
        draw()
    with pytest.raises(CardUsedUp):
        draw()
    later = now + timedelta(days=60)
    draw(at=later, epoch=running_epochs(today=day_of(later))[-1].number)


def test_an_altered_batch_counts_as_another_one(draw: Callable[..., Drawn]) -> None:
    """Max cannot smuggle one more message into a batch that was counted."""
    batch = ten()
    for _ in range(3):
        draw(batch)
    draw(batch[:9] + ten()[:1])
    draw(batch[::-1])
    with pytest.raises(CardUsedUp):
        draw(batch[:8] + ten()[:2])


def test_a_guessed_a_revoked_and_an_old_card_get_one_answer(
    draw: Callable[..., Drawn], box: actions.NewBox, now: datetime
) -> None:
    """Max learns nothing about which codes ever existed."""
    with pytest.raises(CardUnknown):
        draw(code=secrets.token_bytes(10))
    actions.revoke_card(code=box.codes[1], folder=key_folder(), by=None, now=now)
    with pytest.raises(CardUnknown):
        draw(code=box.codes[1])
    after = datetime(2029, 1, 1, tzinfo=now.tzinfo)
    with pytest.raises(CardUnknown):
        draw(at=after, epoch=running_epochs(today=day_of(after))[-1].number)
    actions.revoke_box(number=box.number, by=None, now=now)
    with pytest.raises(CardUnknown):
        draw()


def test_an_epoch_that_does_not_run_gives_no_passes(
    draw: Callable[..., Drawn], now: datetime
) -> None:
    """Nobody stocks up on passes of epochs to come, nor on those of epochs gone by."""
    running = [epoch.number for epoch in running_epochs(today=day_of(now))]
    for epoch in (running[0] - 1, running[-1] + 1, 65535):
        with pytest.raises(EpochOver):
            draw(epoch=epoch)


def test_a_batch_that_cannot_be_signed_is_not_counted(draw: Callable[..., Drawn]) -> None:
    """A broken pocket does not use up Ana's card."""
    for _ in range(5):
        with pytest.raises(WrongLayout):
            draw((b"\xff" * 256,) * 10)
    for _ in range(3):
        draw()


@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=8))
def test_drawing_is_idempotent_in_any_order(
    draw: Callable[..., Drawn], box: actions.NewBox, order: list[int]
) -> None:
    """Whatever is repeated, and in which order: same batch, same answer; never a fourth batch."""
    Card.objects.update(drawn=b"")
    batches = [tuple((n * 10 + i + 2).to_bytes(256) for i in range(10)) for n in range(5)]
    answers: dict[int, Drawn] = {}
    for number in order:
        if number in answers or len(answers) < 3:
            answer = draw(batches[number])
            assert answers.setdefault(number, answer) == answer
        else:
            with pytest.raises(CardUsedUp):
                draw(batches[number])


def test_draws_of_past_epochs_are_forgotten(
    draw: Callable[..., Drawn], box: actions.NewBox, now: datetime
) -> None:
    """When its keys have gone, nothing is left that says a card was used in that epoch."""
    draw()
    draw(code=box.codes[1])
    actions.turn_epochs(folder=key_folder(), today=day_of(now))
    assert Card.objects.exclude(drawn=b"").count() == 2
    actions.turn_epochs(folder=key_folder(), today=day_of(now) + 200)
    assert not Card.objects.exclude(drawn=b"").exists()


def test_a_copied_database_holds_no_card(box: actions.NewBox) -> None:
    """Who steals the desk's database can print no card, and finds none in its file."""
    connection.ensure_connection()
    content = "\n".join(connection.connection.iterdump()).lower()
    assert "admission_card" in content
    for code in box.codes:
        for shape in (code.hex(), write_base32(code).lower(), write_base64(code).lower()):
            assert shape not in content


def test_the_order_of_rows_is_not_the_order_of_cards(box: actions.NewBox) -> None:
    """The third card of the sheet is not the third row of the table."""
    rows = [card.digest for card in Card.objects.raw("SELECT * FROM admission_card ORDER BY rowid")]
    assert rows == sorted(rows)


def test_key_files_are_for_the_desk_alone(box: actions.NewBox, now: datetime) -> None:
    """Another user of the machine reads no key of the desk."""
    actions.turn_epochs(folder=key_folder(), today=day_of(now))
    files = [path for path in key_folder().rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert {"card-secret", "issuer-key.pem", "members-key"} <= {path.name for path in files}


@pytest.mark.django_db(transaction=True)
def test_two_draws_at_once_cannot_both_be_the_third(draw: Callable[..., Drawn]) -> None:
    """Max cannot race his way to a fourth batch."""
    draw()
    draw()
    start = Barrier(2)
    outcomes: list[str] = []

    def racer() -> None:
        start.wait(timeout=10)
        try:
            outcomes.append(type(draw()).__name__)
        except CardUsedUp as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            # Django never closes a database in memory; this thread's own handle to it must go.
            connection.connection.close()

    racers = [Thread(target=racer) for _ in range(2)]
    for one in racers:
        one.start()
    for one in racers:
        one.join(timeout=30)
    assert sorted(outcomes) == ["CardUsedUp", "Drawn"]
