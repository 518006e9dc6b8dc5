"""What every pocket reads, read as a pocket does: charter, head, public part, members."""

from dataclasses import dataclass

from leanto.sim.pocket.card import open_members
from leanto.sim.pocket.errors import SealError
from leanto.sim.pocket.rooms import ask
from leanto.sim.pocket.trust import Verdict, accept_head, follow_charter
from leanto.wire.charter import Charter
from leanto.wire.errors import WireError
from leanto.wire.head import Head
from leanto.wire.members import MembersPart
from leanto.wire.public import PublicPart, TokenKey

GOOD = 200


class NoBoard(Exception):
    """What hangs there is not what a pocket can follow; the message says what."""


@dataclass(frozen=True, slots=True)
class Board:
    """Everything verified from the program's fingerprint down."""

    charter: Charter
    head: Head
    public: PublicPart

    @property
    def key(self) -> TokenKey:
        """Of the epoch whose members' key seals the members' part."""
        found = [key for key in self.public.token_keys if key.epoch == self.head.epoch]
        if not found:
            raise NoBoard("The list names no key for passes that fits it.")
        return found[0]


def read_board(mailroom: str, *, fingerprint: bytes) -> Board:
    """As a new pocket with a card of this program would. Raises NoBoard or OSError."""
    offered = _fetch(mailroom, "/bulletin/charter")
    lineage = _fetch(mailroom, "/bulletin/lineage")
    verdict = follow_charter(held=None, offered=offered, pinned=fingerprint, lineage=lineage)
    if verdict is not Verdict.ACCEPTED:
        raise NoBoard("The charter is not signed by this program's key.")
    charter, head = Charter.read(offered), _fetch(mailroom, "/bulletin/head")
    if accept_head(held=None, offered=head, charter=charter) is not Verdict.ACCEPTED:
        raise NoBoard("The bulletin is not signed by a key that the charter names.")
    read = Head.read(head)
    public = _fetch(mailroom, "/bulletin/public")
    try:
        read.public.refuse_unless(public)
        return Board(charter, read, PublicPart.read(public))
    except WireError:
        raise NoBoard("The bulletin's public part is not the one that its head names.") from None


def read_members(board: Board, mailroom: str, *, key: bytes) -> MembersPart:
    """Peers and rota, by the key that a card brought. Raises NoBoard or OSError."""
    try:
        return open_members(_fetch(mailroom, "/bulletin/members"), key=key, head=board.head)
    except (SealError, WireError):
        raise NoBoard("The list of peers does not open with the key that cards bring.") from None


def _fetch(mailroom: str, path: str) -> bytes:
    answer = ask("GET", mailroom, path)
    if answer.status != GOOD:
        raise NoBoard(f"The mailroom has nothing at {path} ({answer.problem()[0]}).")
    return answer.body
