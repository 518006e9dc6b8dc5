"""The way out of the machine: the mail server, the operator, and the heartbeat."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from leanto.host.watching import Watch
from leanto.mail.sending import MailNotTaken, greet, send
from leanto.mail.settings import Mail
from leanto.sim.pocket.rooms import ask
from leanto.watch.faults import Fault, Kind
from leanto.watch.machine import date_faults

REFUSED = 400


def mail_faults(mail: Mail, watch: Watch) -> Iterator[Fault]:
    """Would the mail server take a letter? It is asked up to the letter itself; none is sent."""
    try:
        greet(mail, to=watch.operator_mail or mail.sender)
    except MailNotTaken as reason:
        yield Fault(Kind.MAIL, f"The mail server takes no letter from this program ({reason}).")


def tell(mail: Mail | None, watch: Watch, *, subject: str, text: str) -> bool:
    """Write to the operator; gives whether the server took it, True where nobody wants any."""
    if mail is None or not watch.operator_mail:
        return True
    try:
        send(mail, to=watch.operator_mail, subject=subject, text=text)
    except MailNotTaken:
        return False
    return True


def beat(heartbeat: str, *, now_seconds: int) -> list[Fault]:
    """Say outside that all is well. The answer's date shows whether this clock is right."""
    parts = urlsplit(heartbeat)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        answer = ask("GET", f"{parts.scheme}://{parts.netloc}", path)
    except OSError as broken:
        return [Fault(Kind.HEARTBEAT, f"The heartbeat is not heard ({type(broken).__name__}).")]
    if answer.status >= REFUSED:
        return [Fault(Kind.HEARTBEAT, f"The heartbeat is refused ({answer.status}).")]
    return list(
        date_faults(answer.headers.get("date"), now_seconds=now_seconds, by="the heartbeat")
    )
