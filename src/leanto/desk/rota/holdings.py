"""What we hold about duty."""

from django.utils.translation import gettext_lazy as _

from leanto.desk.site.holding import NOT_SHOWN, Holding

HOLDINGS = {
    "rota.Shift": Holding(
        title=_("Shifts"),
        why=_("Who is to be rung when. Nothing about whether anybody rang."),
        columns={
            "id": NOT_SHOWN,
            "peer": _("which peer"),
            "start": _("from when"),
            "until": _("until when"),
            "tier": _("on duty, shows available, or reserve"),
        },
    ),
    "rota.WantedOnDuty": Holding(
        title=_("How many should be on duty"),
        why=_("Below it, cover is called thin."),
        columns={
            "id": NOT_SHOWN,
            "by_day": _("by day"),
            "by_night": _("by night"),
        },
    ),
}
