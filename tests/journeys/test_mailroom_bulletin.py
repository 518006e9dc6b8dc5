"""The board by a real mailroom's door: what hangs there verified, and stays."""

from leanto.wire.charter import Charter, Lineage
from leanto.wire.head import SIZE
from tests.harness.mailroom import Mailroom, problem
from tests.harness.program import Program, new_key
from tests.harness.stand_ins import Officer, Peer, leave


def test_what_was_published_is_handed_to_anyone(mailroom: Mailroom) -> None:
    """Charter, head and two parts, byte for byte; the duty part has no door."""
    assert problem(mailroom.ask("GET", "/bulletin/charter")) == "no-bulletin"
    assert problem(mailroom.ask("GET", "/bulletin/members")) == "no-bulletin"
    charter = mailroom.program.charter()
    bulletin = mailroom.program.bulletin(Peer(mailroom).address, members=b"for cards only")
    assert mailroom.ask("PUT", "/charter", charter).status == 204
    assert mailroom.ask("PUT", "/bulletin", bulletin).status == 204
    mailroom.stop()
    mailroom.start()
    assert mailroom.ask("GET", "/bulletin/charter").body == charter
    assert mailroom.ask("GET", "/bulletin/head").body == bulletin[:SIZE]
    public = mailroom.ask("GET", "/bulletin/public").body
    assert mailroom.ask("GET", "/bulletin/members").body == b"for cards only"
    assert bulletin.startswith(bulletin[:SIZE] + public)
    assert problem(mailroom.ask("GET", "/bulletin/duty")) == "not-found"


def test_a_forged_charter_or_bulletin_changes_nothing(mailroom: Mailroom) -> None:
    """Without the program key nothing hangs here; with a bulletin key, no charter."""
    program, foreign = mailroom.program, Program(today=mailroom.program.today)
    assert refusal(mailroom, "/bulletin", program.bulletin()) == "bulletin-forged"  # no charter yet
    assert refusal(mailroom, "/charter", foreign.charter()) == "bulletin-forged"
    assert (
        refusal(mailroom, "/charter", program.charter(signer=program.bulletin_key))
        == "bulletin-forged"
    )
    mailroom.publish()
    held = mailroom.ask("GET", "/bulletin/head").body
    assert (
        refusal(mailroom, "/bulletin", program.bulletin(serial=9, signer=new_key()))
        == "bulletin-forged"
    )
    assert refusal(mailroom, "/bulletin", foreign.bulletin(serial=9)) == "bulletin-forged"
    changed = program.bulletin(serial=9)[:-1] + b"\xff"
    assert refusal(mailroom, "/bulletin", changed) == "bulletin-forged"
    assert mailroom.ask("GET", "/bulletin/head").body == held


def test_an_older_or_forked_bulletin_changes_nothing(mailroom: Mailroom) -> None:
    """Time goes one way, and there is one past."""
    program = mailroom.program
    mailroom.publish(serial=2)  # serial 4 by itself
    held = mailroom.ask("GET", "/bulletin/head").body
    assert refusal(mailroom, "/bulletin", program.bulletin(serial=3)) == "bulletin-older"
    assert (
        refusal(mailroom, "/bulletin", program.bulletin(serial=4, members=b"other"))
        == "bulletin-forked"
    )
    assert (
        refusal(mailroom, "/bulletin", program.bulletin(serial=5)) == "bulletin-forked"
    )  # previous is another
    assert mailroom.ask("GET", "/bulletin/head").body == held
    assert mailroom.ask("PUT", "/bulletin", program.bulletin(serial=6)).status == 204
    charter = mailroom.ask("GET", "/bulletin/charter").body
    newer = program.charter(serial=2)
    assert mailroom.ask("PUT", "/charter", newer).status == 204
    assert refusal(mailroom, "/charter", charter) == "bulletin-older"


def test_the_successor_takes_over_and_how_is_shown_to_anyone(mailroom: Mailroom) -> None:
    """Only the key that was named follows; the one before never comes back."""
    program, successor, max_ = mailroom.program, new_key(), new_key()
    naming = program.charter(successor=successor)
    assert mailroom.ask("PUT", "/charter", naming).status == 204
    assert mailroom.ask("GET", "/bulletin/lineage").body == Lineage().write()
    seized = program.charter(serial=2, program_key=max_)
    assert refusal(mailroom, "/charter", seized) == "bulletin-forged"
    passed_on = program.charter(serial=2, program_key=successor)
    assert mailroom.ask("PUT", "/charter", passed_on).status == 204
    assert refusal(mailroom, "/charter", program.charter(serial=3)) == "bulletin-forged"
    mailroom.stop()
    mailroom.start()
    assert mailroom.ask("GET", "/bulletin/charter").body == passed_on
    assert mailroom.ask("GET", "/bulletin/lineage").body == Lineage((Charter.read(naming),)).write()


def test_new_keys_begin_a_new_history(mailroom: Mailroom) -> None:
    """What a retired key signed hangs no more, and binds nobody by its number."""
    program = mailroom.program
    mailroom.publish(serial=900)
    retired, program.bulletin_key = program.bulletin_key, new_key()
    assert mailroom.ask("PUT", "/charter", program.charter(serial=901)).status == 204
    old = program.bulletin(serial=950, signer=retired)
    assert refusal(mailroom, "/bulletin", old) == "bulletin-forged"
    assert mailroom.ask("PUT", "/bulletin", program.bulletin(serial=1)).status == 204
    again = program.bulletin(serial=1, members=b"other")
    assert refusal(mailroom, "/bulletin", again) == "bulletin-forked"


def test_a_duty_mailbox_lives_while_it_is_listed(mailroom: Mailroom) -> None:
    """It takes no letters, and no request once the bulletin lacks it."""
    ben = Peer(mailroom)
    mailroom.publish(ben.address)
    assert problem(leave(mailroom, ben.address)) == "mailbox-unknown"
    mailroom.publish(serial=2)
    token = mailroom.program.token_header()
    answer = mailroom.post("/requests", Officer(mailroom).ask_body(ben), token)
    assert problem(answer) == "nobody-left"


def refusal(mailroom: Mailroom, path: str, body: bytes) -> str:
    return problem(mailroom.ask("PUT", path, body))
