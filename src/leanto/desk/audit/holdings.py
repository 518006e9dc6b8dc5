"""What we hold about acts of staff."""

from django.utils.translation import gettext_lazy as _

from leanto.desk.site.holding import NOT_SHOWN, Holding

HOLDINGS = {
    "audit.Entry": Holding(
        title=_("Acts of staff"),
        why=_("So that coordinators answer for what they do here. Never about officers."),
        columns={
            "id": NOT_SHOWN,
            "at": _("when"),
            "by": _("which member of staff"),
            "act": _("what they did"),
            "on": _("on which peer, shift, agency or account"),
        },
    ),
}
