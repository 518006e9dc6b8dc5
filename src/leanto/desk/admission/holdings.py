"""What we hold about cards."""

from django.utils.translation import gettext_lazy as _

from leanto.desk.site.holding import Holding

HOLDINGS = {
    "admission.Box": Holding(
        title=_("Boxes of cards"),
        why=_("So that a lost box can be taken back. Not who got a card."),
        columns={
            "number": _("the number printed on its cards"),
            "count": _("how many cards"),
            "last_day": _("until which day they work"),
            "revoked": _("whether it was taken back"),
            "carried_by": _("who carried it"),
            "carried_to": _("where it lies"),
            "carried_on": _("on which day it was carried there"),
            "for_watch": _("whether it is the watch's own, which no person holds"),
        },
    ),
    "admission.Card": Holding(
        title=_("Cards"),
        why=_(
            "To know a card again when it is used. Every card draws by itself, asked or not, so "
            "this says nothing about anyone seeking help. Draws of past epochs are deleted."
        ),
        columns={
            "digest": _("a scrambled form of its code, which cannot be turned back"),
            "box": _("which box"),
            "drawn": _("scrambled marks of the passes it drew lately, without a time"),
        },
    ),
}
