"""The forms of what officers are told."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leanto.desk.directory.actions import Patience
from leanto.desk.directory.shapes import Content

MINUTES_AT_MOST = 7 * 24 * 60  # a request lives a week


class PackForm(forms.Form):
    """One of the packs that come with this release."""

    name = forms.ChoiceField(label=_("Limits of confidentiality"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, packs: list[Content], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken = "es" if get_language() == "es" else "en"
        choices = [(pack["id"], pack["place"][spoken]) for pack in packs]
        self.fields["name"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class TermsForm(forms.Form):
    """Where the next card lies, and how long an officer is told it may take."""

    card_place_en = forms.CharField(label=_("Where the next card lies, in English"), max_length=200)
    card_place_es = forms.CharField(label=_("Where the next card lies, in Spanish"), max_length=200)
    patience_now_minutes = forms.IntegerField(
        label=_("An answer to “now” may take, in minutes"),
        min_value=1,
        max_value=MINUTES_AT_MOST,
    )
    patience_today_minutes = forms.IntegerField(
        label=_("An answer to “today” may take, in minutes"),
        min_value=1,
        max_value=MINUTES_AT_MOST,
    )
    patience_whenever_minutes = forms.IntegerField(
        label=_("An answer to “whenever” may take, in minutes"),
        min_value=1,
        max_value=MINUTES_AT_MOST,
    )

    def clean(self) -> dict[str, Any]:
        """Refuses promises in the wrong order: what is urgent may not take longer."""
        found = super().clean() or self.cleaned_data
        waits: list[Any] = [
            found.get(f"patience_{name}_minutes") for name in ("now", "today", "whenever")
        ]
        if None not in waits and waits != sorted(waits):
            raise forms.ValidationError(_("“Now” must be the shortest, “whenever” the longest."))
        return found

    def patience(self) -> Patience:
        """The three waits, after `is_valid`."""
        return Patience(
            now_minutes=self.cleaned_data["patience_now_minutes"],
            today_minutes=self.cleaned_data["patience_today_minutes"],
            whenever_minutes=self.cleaned_data["patience_whenever_minutes"],
        )
