"""The forms on the way to opening."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leanto.desk.opening.matters import Matter

CODE_DIGITS = 6


class ConfirmForm(forms.Form):
    """Who looked at what, and on which day."""

    keys = forms.MultipleChoiceField(
        label=_("What was looked at"), widget=forms.CheckboxSelectMultiple
    )
    who = forms.CharField(max_length=80)
    on = forms.DateField(label=_("On which day"), widget=forms.DateInput({"type": "date"}))
    note = forms.CharField(label=_("Note, if there is one"), max_length=200, required=False)

    def __init__(
        self, *args: Any, asked: Sequence[Matter], who: str | Promise, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, one.label) for one in asked]
        self.fields["keys"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["who"].label = str(who)
        self._today = today

    def clean_on(self) -> date:
        """Nobody has looked tomorrow."""
        on: date = self.cleaned_data["on"]
        if on > self._today:
            raise forms.ValidationError(_("This day has not come yet."))
        return on


class CodeForm(forms.Form):
    """The code that came by mail."""

    code = forms.CharField(label=_("The code in the letter"), max_length=CODE_DIGITS)


class DayForm(forms.Form):
    """The day on which officers may ask."""

    day = forms.DateField(label=_("The program opens on"), widget=forms.DateInput({"type": "date"}))
