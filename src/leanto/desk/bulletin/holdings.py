"""What we hold about bulletins."""

from django.utils.translation import gettext_lazy as _

from leanto.desk.site.holding import NOT_SHOWN, Holding

HOLDINGS = {
    "bulletin.HeldCharter": Holding(
        title=_("Charter"),
        why=_("The key holder's signed word about this program. Public."),
        columns={
            "id": NOT_SHOWN,
            "body": _("the charter"),
            "lineage": _("the last charter of each program key before this one"),
        },
    ),
    "bulletin.Rehearsed": Holding(
        title=_("Rehearsals with the off-line keys"),
        why=_("So that a program does not open on keys that nobody can bring back."),
        columns={
            "fingerprint": _("which key, by its fingerprint"),
            "on": _("the day of the request that its holder answered"),
        },
    ),
    "bulletin.Publication": Holding(
        title=_("Bulletins"),
        why=_("The last 14 bulletins as they went out, so that each one can be shown."),
        columns={
            "serial": _("its number"),
            "content_hash": _("a short sum of what it says"),
            "head": _("its signed head"),
            "public": _("the part everyone may read"),
            "members": _("the sealed part for card holders: peers and the rota"),
            "duty": _("the part for the mailroom: duty mailboxes and hours, no names"),
            "pushed": _("whether the mailroom has it"),
            "signed_at": _("when it was made, so that one that waits is noticed"),
        },
    ),
    "bulletin.TestPerson": Holding(
        title=_("The watch's test person"),
        why=_("The watch tries every quarter of an hour whether asking works. It rings nobody."),
        columns={
            "id": NOT_SHOWN,
            "number": _("a random number"),
            "duty_address": _("where the watch itself is rung"),
        },
    ),
    "bulletin.PersonNumber": Holding(
        title=_("Peers' numbers at the mailroom"),
        why=_("The mailroom counts a peer's night rings under a number that means nothing else."),
        columns={"peer": _("which peer"), "number": _("a random number")},
    ),
}
