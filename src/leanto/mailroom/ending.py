"""How a ring, a claim or a request ends: written down, learned from, and told to the phones."""

from leanto.mailroom.candidates import Sealed, sealed_for
from leanto.mailroom.frames import Frames, hush_frame
from leanto.mailroom.gauge import learn
from leanto.mailroom.moment import Moment
from leanto.mailroom.store.acts import Connection
from leanto.rules.candidates import CandidateState, RequestState
from leanto.rules.gauge import RingEnded
from leanto.wire.listening import HushReason


def end_request(connection: Connection, moment: Moment, reply_address: bytes) -> Frames:
    """Deletes the request this mailbox rules, with every sealed request; the phones fall silent."""
    row = connection.execute(
        "DELETE FROM request WHERE reply_address = ? RETURNING id", (reply_address,)
    ).fetchone()
    if row is None:
        return []
    sealed = sealed_for(connection, row[0])
    _learn_that_cut_short(connection, moment, sealed)
    connection.execute("DELETE FROM sealed_request WHERE request_id = ?", row)
    # Also where no notifier is: then nothing else would ever take away that somebody asked.
    connection.execute("DELETE FROM woken WHERE ring_id = ?", row)
    told = {CandidateState.RINGING, CandidateState.CLAIMED}
    return [
        hush_frame(one.address, row[0], HushReason.ENDED) for one in sealed if one.state in told
    ]


def silence(
    connection: Connection,
    moment: Moment,
    request_id: bytes,
    sealed: list[Sealed],
    state: RequestState,
) -> Frames:
    """Phones that ring for nothing: it was answered, or they are no longer listed."""
    answered = state is RequestState.ANSWERED
    over = [
        one
        for one in sealed
        if one.state is CandidateState.RINGING and (answered or one.address not in moment.duty)
    ]
    _learn_that_cut_short(connection, moment, over)
    connection.executemany(
        "UPDATE sealed_request SET state = ? WHERE request_id = ? AND duty_address = ?",
        [(CandidateState.WAITING, request_id, one.address) for one in over],
    )
    reason = HushReason.ANSWERED if answered else HushReason.NO_LONGER_LISTED
    return [hush_frame(one.address, request_id, reason) for one in over]


def leave_claimer_out(connection: Connection, request_id: bytes, now: int) -> None:
    """Nobody holds the request any more; whoever did is not rung before all others."""
    connection.execute("UPDATE request SET claimer = NULL WHERE id = ?", (request_id,))
    connection.execute(
        "UPDATE sealed_request SET state = ?, changed_at = ? WHERE request_id = ? AND state = ?",
        (CandidateState.LEFT_OUT, now, request_id, CandidateState.CLAIMED),
    )


def _learn_that_cut_short(connection: Connection, moment: Moment, sealed: list[Sealed]) -> None:
    for one in sealed:
        if one.state is CandidateState.RINGING:
            learn(connection, moment, one.address, RingEnded.CUT_SHORT, one.changed_at)
