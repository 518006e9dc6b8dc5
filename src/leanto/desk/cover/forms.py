"""How many should be on duty."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 50


class WantedForm(forms.Form):
    """Below these numbers cover is called thin."""

    by_day = forms.IntegerField(label=_("On duty by day"), min_value=1, max_value=MOST)
    by_night = forms.IntegerField(
        label=_("On duty by night, from 23 to 7"), min_value=1, max_value=MOST
    )
