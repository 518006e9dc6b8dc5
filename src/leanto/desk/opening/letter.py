"""The letter that shows whether mail arrives."""

from django.utils.translation import gettext as _

from leanto.desk.site.configuration import configuration
from leanto.mail.sending import MailNotTaken, send


def send_code(*, to: str, code: str) -> None:
    """Hand over a letter with this code, in the language of whoever asks. Raises MailNotTaken."""
    mail = configuration().mail
    if mail is None:
        raise MailNotTaken("no mail server is set")
    text = _("Mail from your desk arrives. Type this code on the page that sent it: %s") % code
    send(mail, to=to, subject=_("Please look at your desk"), text=f"{text}\n")
