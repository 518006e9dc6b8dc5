"""E-mail, through the program's mail server."""

from leanto.mail.sending import MailNotTaken, send
from leanto.mail.settings import Mail
from leanto.notifier.ways.reached import Reached
from leanto.notifier.words import Words


def mail_to(mail: Mail, words: Words, address: str) -> Reached:
    """Blocks until the server has it, or not.

    A server that knows nobody of this address may be one that was set up wrongly: never GONE.
    """
    try:
        send(mail, to=address, subject=words.title, text=words.sentence + "\n")
    except MailNotTaken:
        return Reached.NOT_YET
    return Reached.TAKEN
