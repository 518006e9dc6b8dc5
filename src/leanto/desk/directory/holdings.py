"""What we hold about the words of the program."""

from django.utils.translation import gettext_lazy as _

from leanto.desk.site.holding import NOT_SHOWN, Holding

HOLDINGS = {
    "directory.Chosen": Holding(
        title=_("Limits and lines in force"),
        why=_("What officers are told, as it was when a coordinator chose it."),
        columns={
            "kind": _("limits of confidentiality, or lines that answer"),
            "name": _("which one"),
            "version": _("its version"),
            "content": _("its text"),
        },
    ),
    "directory.Terms": Holding(
        title=_("Terms of the program"),
        why=_("Shown to every officer."),
        columns={
            "id": NOT_SHOWN,
            "card_place_en": _("where the next card lies, in English"),
            "card_place_es": _("where the next card lies, in Spanish"),
            "patience_now_minutes": _("how long an answer may take: now"),
            "patience_today_minutes": _("how long an answer may take: today"),
            "patience_whenever_minutes": _("how long an answer may take: whenever"),
        },
    ),
}
