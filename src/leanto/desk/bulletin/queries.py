"""The charter in force and the bulletins handed out."""

from dataclasses import dataclass

from leanto.desk.bulletin.models import HeldCharter, Publication
from leanto.wire.charter import Charter


class NotReady(Exception):
    """A bulletin cannot be made yet; the message says what is missing."""


@dataclass(frozen=True, kw_only=True)
class WaitingToBePushed:
    """A bulletin that the mailroom does not have yet, and whether it answered at all."""

    serial: int
    refused: bool


def charter() -> Charter:
    """The charter in force. Raises NotReady before the first one."""
    row = HeldCharter.objects.first()
    if row is None:
        raise NotReady("The key holder has not signed a charter yet.")
    return Charter.read(bytes(row.body))


def newest() -> Publication | None:
    """The newest bulletin, pushed or not."""
    return Publication.objects.first()


def waiting_to_be_pushed() -> WaitingToBePushed | None:
    """Which bulletin does the mailroom still lack? None when it has the newest."""
    publication = newest()
    if publication is None or publication.pushed == Publication.Pushed.YES:
        return None
    refused = publication.pushed == Publication.Pushed.REFUSED
    return WaitingToBePushed(serial=publication.serial, refused=refused)
