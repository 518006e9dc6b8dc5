"""An invitation by e-mail. The address is used once and kept nowhere."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from leanto.desk.audit.actions import record
from leanto.desk.audit.acts import Act
from leanto.desk.bulletin.queries import pinned_fingerprint
from leanto.desk.enrolment.actions import INVITATION_DAYS, NotNow, invite, withdraw
from leanto.desk.people.models import Staff
from leanto.desk.roster.models import Peer
from leanto.desk.site.configuration import configuration
from leanto.mail.sending import MailNotTaken, send
from leanto.wire.cards import Invitation


def invite_by_mail(*, peer: Peer, to: str, language: str, by: Staff | None, now: datetime) -> None:
    """Make an invitation and hand it to the mail server, in this language.

    Raises NotNow with a sentence for the coordinator; then no invitation is under way.
    """
    config = configuration()
    if config.mail is None:
        raise NotNow(_("This program has no mail server. Print the invitation."))
    secret = invite(peer=peer, by=by, now=now)
    link = Invitation(secret, pinned_fingerprint()).link(pocket_origin=config.pocket)
    with override(language):
        subject, text = _letter(program=config.name, link=link)
    try:
        send(config.mail, to=to, subject=subject, text=text)
    except MailNotTaken:
        withdraw(peer=peer, by=by, now=now)
        raise NotNow(
            _("The mail server did not take the letter. Look at the address, or print it.")
        ) from None
    record(act=Act.MAILED_INVITATION, on=peer.name, by=by, now=now)


def _letter(*, program: str, link: str) -> tuple[str, str]:
    said = (
        _("You are invited to serve as a peer of %(program)s.") % {"program": program},
        _(
            "Open this link on the phone that you will carry. On an iPhone the page says first how "
            "to put it on the home screen; there you paste the link once more."
        ),
        link,
        _("The link works once, for %(days)s days. Give it to nobody.") % {"days": INVITATION_DAYS},
        _(
            "Your screen then shows six words. A coordinator calls you, and you read them to each "
            "other. If you did not expect this letter, do nothing and tell a coordinator."
        ),
    )
    return _("Your invitation"), "\n\n".join(said) + "\n"
