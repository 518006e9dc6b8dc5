"""The form of one shift."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from leanto.desk.roster.models import Peer
from leanto.desk.rota.models import Shift
from leanto.desk.rota.times import NoSuchTime, instant
from leanto.desk.site.clock import program_zone

DAY = {"type": "date"}
CLOCK = {"type": "time"}


class ShiftForm(forms.Form):
    """A peer, from when until when, and how firmly. Times are the program's wall clock."""

    from_day = forms.DateField(
        label=_("From, day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    from_time = forms.TimeField(
        label=_("From, time"), widget=forms.TimeInput(attrs=CLOCK, format="%H:%M")
    )
    until_day = forms.DateField(
        label=_("Until, day"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    )
    until_time = forms.TimeField(
        label=_("Until, time"), widget=forms.TimeInput(attrs=CLOCK, format="%H:%M")
    )
    tier = forms.TypedChoiceField(
        label=_("How"),
        choices=Shift.Tier.choices,
        coerce=int,
        initial=Shift.Tier.ON_DUTY,
        help_text=_("Only “on duty” counts as cover: it means they answer within minutes."),
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, peers: QuerySet[Peer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["peer"] = forms.ModelChoiceField(
            peers, label=_("Peer"), empty_label=_("Choose one")
        )
        self.order_fields(["peer"])

    @classmethod
    def of(cls, shift: Shift, *, peers: QuerySet[Peer]) -> "ShiftForm":
        """The form filled in with a shift."""
        start, until = timezone.localtime(shift.start), timezone.localtime(shift.until)
        initial = {
            "peer": shift.peer_id,
            "from_day": start.date(),
            "from_time": start.time(),
            "until_day": until.date(),
            "until_time": until.time(),
            "tier": shift.tier,
        }
        return cls(peers=peers, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Turn wall-clock times into instants, and refuse an end before the beginning."""
        cleaned: dict[str, Any] = super().clean() or {}
        start = self._instant("from", later=False)
        until = self._instant("until", later=True)
        if start and until and until <= start:
            self.add_error(
                "until_time",
                _("The shift ends before it begins. For a night, choose the next day."),
            )
        return cleaned | {"start": start, "until": until}

    def shift(self) -> dict[str, Any]:
        """What `actions.add_shift` wants of this form."""
        return {name: self.cleaned_data[name] for name in ("peer", "start", "until", "tier")}

    def _instant(self, end: str, *, later: bool) -> datetime | None:
        day = self.cleaned_data.get(f"{end}_day")
        clock = self.cleaned_data.get(f"{end}_time")
        if day is None or clock is None:
            return None
        try:
            return instant(day=day, clock=clock, zone=program_zone(), later=later)
        except NoSuchTime:
            sentence = _("The clock jumps over this time that night. Choose one an hour later.")
            self.add_error(f"{end}_time", sentence)
            return None
