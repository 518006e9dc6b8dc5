"""What we hold about opening."""

from django.utils.translation import gettext_lazy as _

from leanto.desk.site.holding import NOT_SHOWN, Holding

HOLDINGS = {
    "opening.Opening": Holding(
        title=_("The day the program opens"),
        why=_("Before it no card is printed and nobody can ask."),
        columns={
            "id": NOT_SHOWN,
            "opens_on": _("the day it means to open"),
            "opened_on": _("the day it opened"),
        },
    ),
    "opening.Confirmed": Holding(
        title=_("Steps that a person confirmed"),
        why=_("What no computer can know: who looked, and when."),
        columns={
            "id": NOT_SHOWN,
            "step": _("which step"),
            "matter": _("what was looked at"),
            "who": _("who did it"),
            "on": _("on which day"),
            "note": _("what they noted"),
            "by": _("which coordinator wrote it down"),
        },
    ),
}
