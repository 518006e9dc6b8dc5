"""What the libraries' own tables hold."""

from django.utils.translation import gettext_lazy as _

from leanto.desk.site.holding import NOT_SHOWN, Holding

HOLDINGS = {
    "mfa.Authenticator": Holding(
        title=_("Second steps of staff"),
        why=_(
            "So that a password alone opens nothing. The secret is sealed. Kept with the account."
        ),
        columns={
            "id": NOT_SHOWN,
            "user": _("whose it is"),
            "type": _("app or recovery codes"),
            "data": _("the sealed secret"),
            "created_at": _("when it was set up"),
            "last_used_at": _("when it was used last"),
        },
    ),
    "sessions.Session": Holding(
        title=_("Signed-in browsers of staff"),
        why=_("So that a page knows who is signed in. Gone after twelve hours."),
        columns={
            "session_key": _("the number in the browser's cookie"),
            "session_data": _("who is signed in, and how they proved it"),
            "expire_date": _("when it ends"),
        },
    ),
    "account.EmailAddress": Holding(
        title=_("Further e-mail addresses of staff"),
        why=_("Comes with the sign-in library. This desk does not use it."),
        columns={
            "id": NOT_SHOWN,
            "user": _("whose it is"),
            "email": _("the address"),
            "verified": _("whether it was proved"),
            "primary": _("whether it is the main one"),
        },
    ),
    "account.EmailConfirmation": Holding(
        title=_("Proofs of e-mail addresses"),
        why=_("Comes with the sign-in library. This desk does not use it."),
        columns={
            "id": NOT_SHOWN,
            "email_address": _("the address"),
            "created": _("when it was made"),
            "sent": _("when it was sent"),
            "key": _("the key in the link"),
        },
    ),
    "auth.Permission": Holding(
        title=_("Names of permissions"),
        why=_("Comes with the web framework: one line for each kind of table, nobody's name."),
        columns={
            "id": NOT_SHOWN,
            "name": _("its name"),
            "content_type": _("for which table"),
            "codename": _("its short name"),
        },
    ),
    "auth.Group": Holding(
        title=_("Groups"),
        why=_("Comes with the web framework. This desk does not use it."),
        columns={"id": NOT_SHOWN, "name": _("its name")},
    ),
    "auth.Group_permissions": Holding(
        title=_("Permissions of groups"),
        why=_("Comes with the web framework. This desk does not use it."),
        columns={"id": NOT_SHOWN, "group": _("which group"), "permission": _("which permission")},
    ),
    "contenttypes.ContentType": Holding(
        title=_("Names of tables"),
        why=_("Comes with the web framework: one line for each table, nobody's name."),
        columns={"id": NOT_SHOWN, "app_label": _("which part"), "model": _("which table")},
    ),
}

# By the name of the table: Django and SQLite keep these for themselves.
WITHOUT_MODEL = {
    "django_migrations": Holding(
        title=_("Changes of the tables' shape"),
        why=_("Which versions of this program made the database as it is."),
        columns={
            "id": NOT_SHOWN,
            "app": _("which part"),
            "name": _("which change"),
            "applied": _("when it was made"),
        },
    ),
    "sqlite_sequence": Holding(
        title=_("Counters"),
        why=_("The last number given to a row, for each table that numbers its rows."),
        columns={"name": _("which table"), "seq": _("the last number")},
    ),
}
