"""What we hold about peers and agencies."""

from django.utils.translation import gettext_lazy as _

from leanto.desk.site.holding import NOT_SHOWN, Holding

HOLDINGS = {
    "roster.Agency": Holding(
        title=_("Agencies"),
        why=_("So that nobody has to talk with somebody from their own, unless they want to."),
        columns={
            "id": NOT_SHOWN,
            "code": _("short code"),
            "name": _("name"),
            "members": _("about how many serve there"),
        },
    ),
    "roster.Remit": Holding(
        title=_("Coordinators of single agencies"),
        why=_("So that they see the peers and the rota of their own agencies alone."),
        columns={"id": NOT_SHOWN, "agency": _("agency"), "staff": _("which coordinator")},
    ),
    "roster.Unit": Holding(
        title=_("Units"),
        why=_("So that nobody is offered a peer from their own unit."),
        columns={"id": NOT_SHOWN, "agency": _("its agency"), "name": _("name")},
    ),
    "roster.Peer": Holding(
        title=_("Peers"),
        why=_(
            "Who serves as a peer. Nothing about whom they talk with, how often, or whether at all."
        ),
        columns={
            "id": NOT_SHOWN,
            "name": _("name"),
            "handle": _("the name that members see"),
            "agency": _("agency"),
            "unit": _("unit"),
            "chain_of_command": _("whose chain of command they are in"),
            "rank": _("rank, as members see it"),
            "supervises": _("whether they lead others, and so serve other agencies only"),
            "reserve": _("whether they may be rung outside shifts"),
            "backstop_since": _("since when they agreed to be rung when nobody else has answered"),
        },
    ),
    "roster.Standing": Holding(
        title=_("Standing of peers"),
        why=_("Proof that somebody was a designated peer on a day: in court it may matter."),
        columns={
            "id": NOT_SHOWN,
            "peer": _("which peer"),
            "number": NOT_SHOWN,
            "status": _("invited, enrolled or stood down"),
            "since": _("from when on"),
            "by": _("which coordinator wrote it down"),
        },
    ),
}
