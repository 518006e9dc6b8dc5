"""Sweeping: what has had its day goes, and what was deleted leaves the log too. Every 5 s."""

from leanto.mailroom.drilling import forget_drilled
from leanto.mailroom.ending import end_request
from leanto.mailroom.frames import Frames, push_all
from leanto.mailroom.gauge import forget_unlisted
from leanto.mailroom.moment import Moment
from leanto.mailroom.room import Room
from leanto.mailroom.store.acts import Connection
from leanto.mailroom.waking import forget_wakes

EVERY_SECONDS = 5
# A machine that starts with a wrong clock, or whose clock jumps, must not empty every mailbox
# before somebody sets it right.
BELIEVED_AFTER_SECONDS = 3600


class Sweeper:
    """Remembers how far it has swept, so that a quiet day costs nothing."""

    def __init__(self) -> None:
        self._swept: tuple[int, int] | None = None
        self._today = 0
        self._since = 0

    async def sweep(self, room: Room) -> None:
        """Deletes what is past its day once the clock has stood in that day for an hour.

        A letter forgotten now is in no file 10 s later.
        """
        if self._believes(room.today(), room.now_seconds()):
            await self._sweep(room, room.today())
        await room.store.tidy()

    def _believes(self, today: int, now: int) -> bool:
        if today != self._today or now < self._since:
            self._today, self._since = today, now
        return now - self._since >= BELIEVED_AFTER_SECONDS

    async def _sweep(self, room: Room, today: int) -> None:
        running = [one.epoch for one in room.board.issuer_keys().values() if one.last_day >= today]
        oldest_epoch = min(running, default=0)
        if self._swept != (today, oldest_epoch):
            moment = room.moment()
            swept = await room.store.write(lambda one: sweep_away(one, moment, oldest_epoch))
            push_all(room, swept)
            self._swept = (today, oldest_epoch)


def sweep_away(connection: Connection, moment: Moment, oldest_epoch: int) -> Frames:
    """Deletes what is past its day; the phones that ring for it fall silent."""
    frames: Frames = []
    today = moment.today
    over = connection.execute("SELECT reply_address FROM request WHERE expires_day <= ?", (today,))
    for (reply_address,) in over.fetchall():
        frames += end_request(connection, moment, reply_address)
    connection.execute("DELETE FROM mailbox WHERE lease_day < ?", (today,))
    connection.execute("DELETE FROM envelope WHERE expires_day <= ?", (today,))
    connection.execute("DELETE FROM envelope WHERE address NOT IN (SELECT address FROM mailbox)")
    connection.execute("DELETE FROM slot WHERE lease_day < ?", (today,))
    connection.execute("DELETE FROM spent WHERE epoch < ?", (oldest_epoch,))
    if moment.duty:  # without a bulletin nobody is known not to be a peer
        listed = {one.person for one in moment.duty.values()}
        forget_unlisted(connection, listed)
        forget_drilled(connection, listed)
        forget_wakes(connection, listed)
    return frames
