"""The forms on the way to opening."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leanto.desk.opening.matters import Matter

CODE_DIGITS = 6


class ConfirmForm(forms.Form):
    """Who looked at what, and on which day; for sheets, `kept` says who keeps which already."""

    keys = forms.MultipleChoiceField(
        label=_("What was looked at"), widget=forms.CheckboxSelectMultiple
    )
    who = forms.CharField(max_length=80)
    on = forms.DateField(label=_("On which day"), widget=forms.DateInput({"type": "date"}))
    note = forms.CharField(label=_("Note, if there is one"), max_length=200, required=False)

    def __init__(
        self,
        *args: Any,
        asked: Sequence[Matter],
        who: str | Promise,
        today: date,
        kept: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.key, one.label) for one in asked]
        self.fields["keys"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["who"].label = str(who)
        self._today = today
        self._kept = kept

    def clean_on(self) -> date:
        """Nobody has looked tomorrow."""
        on: date = self.cleaned_data["on"]
        if on > self._today:
            raise forms.ValidationError(_("This day has not come yet."))
        return on

    def clean(self) -> dict[str, Any]:
        """Two sheets, two holders: the list would stay red, and not say why."""
        said = self.cleaned_data
        if self._kept is None or not {"keys", "who"} <= said.keys():
            return said
        if len(said["keys"]) > 1:
            self.add_error("keys", _("One sheet at a time: each has a holder of its own."))
        elif said["who"] in [who for key, who in self._kept.items() if key not in said["keys"]]:
            self.add_error("who", _("This person keeps the other sheet. Give this one to another."))
        return said


class CodeForm(forms.Form):
    """The code that came by mail."""

    code = forms.CharField(label=_("The code in the letter"), max_length=CODE_DIGITS)


class DayForm(forms.Form):
    """The day on which officers may ask."""

    day = forms.DateField(label=_("The program opens on"), widget=forms.DateInput({"type": "date"}))
