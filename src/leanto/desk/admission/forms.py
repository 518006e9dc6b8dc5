"""Forms for cards."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leanto.desk.admission.actions import CARDS_PER_BOX_MAX
from leanto.desk.admission.models import Box
from leanto.wire.cards import Card
from leanto.wire.errors import WireError

USUAL_COUNT = 24
USUAL_DAYS = 3 * 365


class BoxForm(forms.Form):
    """A new box of cards."""

    count = forms.IntegerField(
        label=_("How many cards"),
        min_value=1,
        max_value=CARDS_PER_BOX_MAX,
        help_text=_(
            "Eight on a page. Print more than there are people to draw one: nobody is counted."
        ),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )
    last_day = forms.DateField(
        label=_("They work until"),
        help_text=_(
            "Printed on each card. Two years at least: people find a card when they need it."
        ),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    @classmethod
    def usual(cls, *, today: date) -> dict[str, Any]:
        """What most programs print."""
        return {"count": USUAL_COUNT, "last_day": today + timedelta(days=USUAL_DAYS)}


class CardForm(forms.Form):
    """One card, by what is printed on it."""

    card = forms.CharField(
        label=_("What is printed on the card"),
        max_length=200,
        help_text=_("The nine groups of four letters, or the link behind the square code."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_card(self) -> Card:
        """The card, if it was typed without a mistake."""
        try:
            return Card.read(self.cleaned_data["card"])
        except WireError:
            raise forms.ValidationError(
                _("This is not a card, or there is a typing mistake in it.")
            ) from None


class CarriedForm(forms.Form):
    """Who takes a whole box, and where it will lie."""

    carrier = forms.CharField(
        label=_("Who carries it"),
        max_length=120,
        help_text=_("One person for the whole box. Never who takes a card from it."),
    )
    to = forms.CharField(label=_("Where to"), max_length=200)
    on = forms.DateField(
        label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    @classmethod
    def last(cls, box: Box, *, today: date) -> dict[str, Any]:
        """What is written down so far; today where nothing is."""
        return {"carrier": box.carried_by, "to": box.carried_to, "on": box.carried_on or today}
