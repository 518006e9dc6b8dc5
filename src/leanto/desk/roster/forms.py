"""Forms for peers, agencies and units."""

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leanto.desk.roster.models import Agency, Peer, Unit
from leanto.desk.rota.people import own_word

OFF = {"autocomplete": "off"}


class PeerForm(forms.Form):
    """What the desk knows about a peer. Everything but the name may be seen by members."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("Known to the desk only. Members see the handle that the peer picks."),
        widget=forms.TextInput(attrs=OFF),
    )
    agency = forms.ModelChoiceField(
        Agency.objects.all(), label=_("Agency"), empty_label=_("Choose one")
    )
    unit = forms.ModelChoiceField(
        Unit.objects.select_related("agency"),
        label=_("Unit"),
        empty_label=_("None"),
        required=False,
        help_text=_("Members of the same unit are never offered this peer."),
    )
    chain_of_command = forms.CharField(
        label=_("Chain of command"),
        max_length=80,
        required=False,
        help_text=_("A label such as “Captain Ames”. People under the same label never meet here."),
        widget=forms.TextInput(attrs=OFF),
    )
    supervises = forms.BooleanField(
        label=_("Leads others, as a sergeant, a chief or a shift supervisor does"),
        required=False,
        help_text=_(
            "Then they are a peer for other agencies only: nobody of their own is offered them, and"
            " they do not count as cover. Members see the rank."
        ),
    )
    rank = forms.CharField(
        label=_("Rank or title"),
        max_length=40,
        required=False,
        help_text=_("As members see it. Leave it empty for somebody who leads nobody."),
        widget=forms.TextInput(attrs=OFF),
    )
    reserve = forms.BooleanField(
        label=_("May be rung outside shifts"),
        required=False,
        help_text=_("Only if they said yes. It wakes people at night."),
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Agency]", self.fields["agency"]).queryset = agencies
        unit = cast("forms.ModelChoiceField[Unit]", self.fields["unit"])
        unit.queryset = Unit.objects.select_related("agency").filter(
            agency__in=agencies.values("pk")
        )

    @classmethod
    def of(cls, peer: Peer, data: Any = None, *, agencies: QuerySet[Agency]) -> "PeerForm":
        """The form filled in with what is known. A peer's own word on reserve stands."""
        initial = {
            "name": peer.name,
            "agency": peer.agency_id,
            "unit": peer.unit_id,
            "chain_of_command": peer.chain_of_command,
            "supervises": peer.supervises,
            "rank": peer.rank,
            "reserve": peer.reserve,
        }
        form = cls(data, initial=initial, agencies=agencies)
        if own_word(peer) is not None:
            form.fields["reserve"].disabled = True
            form.fields["reserve"].help_text = _("They say so themselves, in their own pocket.")
        return form

    def clean(self) -> dict[str, Any]:
        """Refuse a unit of another agency, and somebody who leads and shows no rank."""
        cleaned: dict[str, Any] = super().clean() or {}
        unit, agency = cleaned.get("unit"), cleaned.get("agency")
        if unit and agency and unit.agency_id != agency.pk:
            sentence = _("This unit belongs to %(agency)s. Choose a unit of the agency above.")
            self.add_error(
                "unit", forms.ValidationError(sentence, params={"agency": unit.agency.name})
            )
        if cleaned.get("supervises") and not cleaned.get("rank"):
            self.add_error("rank", _("Write their rank: members see who leads others."))
        return cleaned


class BackstopForm(forms.Form):
    """When somebody agreed to be a backstop."""

    since = forms.DateField(
        label=_("They agreed on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"since": today})
        self._today = today

    def clean_since(self) -> date:
        """Nobody has agreed tomorrow."""
        since: date = self.cleaned_data["since"]
        if since > self._today:
            raise forms.ValidationError(_("This day is still ahead."))
        return since


class AgencyForm(forms.Form):
    """A new agency."""

    prefix = "agency"
    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs=OFF))
    code = forms.SlugField(
        label=_("Short code"),
        max_length=40,
        help_text=_("Small letters, digits and dashes, such as harlow-pd. It stays for good."),
        error_messages={"invalid": _("Use only letters, digits and dashes, such as harlow-pd.")},
        widget=forms.TextInput(attrs=OFF),
    )


class MembersForm(forms.Form):
    """About how many serve at an agency."""

    prefix = "members"
    agency = forms.ModelChoiceField(
        Agency.objects.all(), label=_("Agency"), empty_label=_("Choose one")
    )
    count = forms.IntegerField(
        label=_("About how many work there"),
        min_value=1,
        max_value=1_000_000,
        help_text=_("All who could ask: sworn, civilian, dispatch, corrections, retired."),
    )


class RemitForm(forms.Form):
    """Whose people a coordinator looks after."""

    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.all(),
        label=_("Agencies"),
        required=False,
        help_text=_("Choose none for the whole program."),
        widget=forms.CheckboxSelectMultiple,
    )


class UnitForm(forms.Form):
    """A new unit of an agency."""

    prefix = "unit"
    agency = forms.ModelChoiceField(
        Agency.objects.all(), label=_("Agency"), empty_label=_("Choose one")
    )
    name = forms.CharField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs=OFF))


class DayForm(forms.Form):
    """The day on which standing is asked for."""

    day = forms.DateField(
        label=_("Standing on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    @classmethod
    def chosen(cls, data: Any, today: date) -> tuple["DayForm", date]:
        """The form, and the day it holds; today when it holds none that exists."""
        form = cls(data if "day" in data else None, initial={"day": today})
        if form.is_bound and form.is_valid():
            return form, form.cleaned_data["day"]
        return form, today
