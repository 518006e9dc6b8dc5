"""What we hold about telling coordinators."""

from django.utils.translation import gettext_lazy as _

from leanto.desk.site.holding import NOT_SHOWN, Holding

HOLDINGS = {
    "cover.Told": Holding(
        title=_("Alarms that were mailed"),
        why=_("So that no coordinator is told twice a day. Deleted after eight days."),
        columns={
            "id": NOT_SHOWN,
            "staff": _("which coordinator"),
            "kind": _("what the rota lacked"),
            "mark": _("what the rota lacked, how near it was, and from which minute"),
            "at": _("when the mail went out"),
            "over": _("whether a mail said that it is mended"),
        },
    ),
    "cover.MailTrouble": Holding(
        title=_("Mail that does not go out"),
        why=_("Shown to coordinators until mail goes out again, then deleted."),
        columns={
            "id": NOT_SHOWN,
            "since": _("since when"),
        },
    ),
}
