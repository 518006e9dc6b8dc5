"""The form for a file, and the same again with what each of its columns holds."""

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from leanto.desk.team.actions import Bringing
from leanto.desk.team.columns import FIELDS, Kind, guess, missing, twice
from leanto.desk.team.reading import LONGEST_BYTES, Table, Unreadable, read
from leanto.desk.team.times import DayOrder
from leanto.mail.settings import is_address

ORDERS = [
    (DayOrder.ISO, _("2026-12-31")),
    (DayOrder.MONTH_FIRST, _("12/31/2026, the month first")),
    (DayOrder.DAY_FIRST, _("31/12/2026, the day first")),
]


class FileForm(forms.Form):
    """A file as it was saved from a spreadsheet."""

    file = forms.FileField(label=_("The file, saved as CSV UTF-8"))

    def clean_file(self) -> Table:
        """What the file holds; `text` is the same, to be sent along with the next step."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        content: bytes = file.read(LONGEST_BYTES + 1)
        try:
            table = read(content)
        except Unreadable as why:
            raise forms.ValidationError(str(why)) from None
        self.text = content.decode("utf-8-sig")
        return table


class ColumnsForm(forms.Form):
    """What each column of a file holds. The file's own text travels along: nothing is stored."""

    text = forms.CharField(strip=False, widget=forms.HiddenInput)
    looked = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: Kind, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind, self._table = kind, table
        self._names = [f"column-{place}" for place in range(len(table.header))]
        choices = [("", _("leave out")), *((one.name, one.label) for one in FIELDS[kind])]
        known = guess(kind, table.header)
        for place, name in enumerate(self._names):
            self.fields[name] = forms.ChoiceField(
                label=_("Column “%(name)s” holds")
                % {"name": table.header[place][:40] or place + 1},
                choices=choices,
                initial=known[place],
                required=False,
            )
        if kind is Kind.ROTA:
            self.fields["order"] = forms.ChoiceField(
                label=_("Days are written as"), choices=ORDERS, initial=DayOrder.ISO
            )

    @classmethod
    def at_first(cls, *, kind: Kind, table: Table, text: str) -> "ColumnsForm":
        """The form as the names of columns fill it in."""
        empty = cls(kind=kind, table=table)
        data = {name: field.initial or "" for name, field in empty.fields.items()}
        return cls({**data, "text": text}, kind=kind, table=table)

    def clean(self) -> dict[str, Any]:
        """Each thing in one column, and what is needed in any."""
        cleaned: dict[str, Any] = super().clean() or {}
        chosen = [cleaned.get(name, "") for name in self._names]
        for field in missing(self._kind, chosen):
            told = _("No column holds this yet: %(field)s. Choose it below.")
            self.add_error(None, forms.ValidationError(told, params={"field": field.label}))
        for field in twice(self._kind, chosen):
            told = _("Two columns hold this: %(field)s. Choose one.")
            self.add_error(None, forms.ValidationError(told, params={"field": field.label}))
        return cleaned

    def bringing(self) -> Bringing:
        """What `actions` want of this form."""
        return Bringing(
            kind=self._kind,
            table=self._table,
            chosen=tuple(self.cleaned_data[name] for name in self._names),
            order=DayOrder(self.cleaned_data.get("order", DayOrder.ISO)),
        )

    def look(self) -> str:
        """A mark of all that is chosen here: only what was shown may be brought in."""
        said = repr((self._kind, self._table, self.bringing().chosen, self.bringing().order))
        return hashlib.sha256(said.encode()).hexdigest()


class LetterForm(forms.Form):
    """Where an invitation goes by e-mail. The address is kept nowhere."""

    to = forms.CharField(
        label=_("Their own e-mail address"),
        max_length=254,
        help_text=_("Not one of the agency's: whoever runs its mail could open the link first."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)

    def clean_to(self) -> str:
        """One plain address."""
        to: str = self.cleaned_data["to"]
        if not is_address(to):
            raise forms.ValidationError(_("This is no address. Look for a mistyped letter."))
        return to
