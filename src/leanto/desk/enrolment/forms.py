"""The forms of enrolment."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

LONGEST_SHEET_BYTES = 4096


class WordsForm(forms.Form):
    """Said only after both have read all six words aloud."""

    same = forms.BooleanField(
        label=_("We compared all six words by voice and they are the same."),
        error_messages={"required": _("Compare the words first. If one differs, withdraw.")},
    )


class VouchForm(forms.Form):
    """What came back from the key holder, as a file or as text."""

    longest_bytes = LONGEST_SHEET_BYTES

    file = forms.FileField(label=_("The file from the key holder"), required=False)
    text = forms.CharField(
        label=_("Or its lines"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        """Put what was given, either way, under `sheet`."""
        cleaned: dict[str, Any] = super().clean() or {}
        file = cleaned.get("file")
        cleaned["sheet"] = self._read(file) if file else cleaned.get("text", "")
        if len(cleaned["sheet"]) > self.longest_bytes:
            self.add_error("text", _("This is too long for a file from the key holder."))
        if not cleaned["sheet"] and not self.errors:
            self.add_error("file", _("Choose the file, or paste its lines."))
        return cleaned

    def _read(self, file: "UploadedFile[bytes]") -> str:
        content: bytes = file.read(self.longest_bytes + 1)
        if len(content) <= self.longest_bytes and content.isascii():
            return content.decode("ascii")
        self.add_error("file", _("This is not a file from the key holder."))
        return ""
