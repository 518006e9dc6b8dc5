"""What we hold about staff."""

from django.utils.translation import gettext_lazy as _

from leanto.desk.site.holding import NOT_SHOWN, Holding

HOLDINGS = {
    "people.Staff": Holding(
        title=_("Staff accounts"),
        why=_("So that only coordinators come in here. Kept while they serve."),
        columns={
            "id": NOT_SHOWN,
            "password": _("a hash of the password"),
            "email": _("e-mail"),
            "name": _("name"),
            "role": _("role"),
            "is_active": _("whether the account is open"),
        },
    ),
    "people.Invitation": Holding(
        title=_("Invitations of staff"),
        why=_("So that a link works once. Only a hash of the link is kept."),
        columns={
            "id": NOT_SHOWN,
            "token_hash": _("a hash of the link"),
            "email": _("e-mail"),
            "name": _("name"),
            "role": _("role"),
            "agencies": _("for the peers of which agencies; of all where none stands"),
            "usable_until": _("until when it works"),
            "used": _("whether it was used"),
        },
    ),
}
