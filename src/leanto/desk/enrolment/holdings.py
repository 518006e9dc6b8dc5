"""What we hold about peers' keys."""

from django.utils.translation import gettext_lazy as _

from leanto.desk.site.holding import NOT_SHOWN, Holding

HOLDINGS = {
    "enrolment.Enrolment": Holding(
        title=_("Peers' keys"),
        why=_("The public halves of keys that peers made on their own devices. No secret half."),
        columns={
            "id": NOT_SHOWN,
            "peer": _("which peer"),
            "invitation_digest": _("a scrambled form of the invitation"),
            "last_day": _("until which day the invitation works"),
            "state": _("how far it has come"),
            "handle": _("what officers call the peer"),
            "signing_key": _("a public key"),
            "agreement_key": _("another public key"),
            "shared": _("what the peer chose to show to officers"),
            "vouch_last_day": _("until which day the key holder vouches"),
            "vouch": _("the key holder's signed word, shown to every officer"),
            "opened_on": _("on which day the phone last opened what it sealed to itself as a try"),
        },
    ),
    "enrolment.WeeklyBundle": Holding(
        title=_("Peers' weekly keys"),
        why=_("Public keys that officers' devices seal to. Deleted after three weeks."),
        columns={
            "id": NOT_SHOWN,
            "enrolment": _("which peer"),
            "first_day": _("from which day"),
            "duty_address": _("the peer's duty mailbox, a random number"),
            "body": _("the signed public key"),
        },
    ),
    "enrolment.OwnWord": Holding(
        title=_("How peers want to be rung"),
        why=_(
            "What each peer last said about it from their own pocket, in place of what was before."
        ),
        columns={
            "peer": _("which peer"),
            "said_minute": _("when it was said, so that an older word never counts"),
            "reserve": _("whether they may be rung outside their shifts"),
            "quiet_from_minute": _("from which hour not, though"),
            "quiet_until_minute": _("until which hour not"),
            "available_until_minute": _("until when they switched themselves available"),
            "reached_day": _("the last day on which a test reached their pocket"),
        },
    ),
}
