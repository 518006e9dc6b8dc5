"""Forms by which staff come in and invite each other."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from leanto.desk.people.models import Staff
from leanto.desk.roster.models import Agency

CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "short"}
CODE_OR_RECOVERY = {"autocomplete": "one-time-code", "class": "short"}  # recovery codes hold a dash


class SignInForm(LoginForm):  # type: ignore[misc]  # the library has no types
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, "login", _("E-mail"), autocomplete="username")
        _relabel(self, "password", _("Password"), autocomplete="current-password")


class ConfirmPasswordForm(ReauthenticateForm):  # type: ignore[misc]  # the library has no types
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, "password", _("Password"), autocomplete="current-password")


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # the library has no types
    """The old password and a new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, "oldpassword", _("Password now"), autocomplete="current-password")
        _relabel(self, "password1", _("New password"), autocomplete="new-password")
        _relabel(self, "password2", _("New password again"), autocomplete="new-password")


class CodeForm(AuthenticateForm):  # type: ignore[misc]  # the library has no types
    """A code from the authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, "code", _("Code"), **CODE_OR_RECOVERY)


class ConfirmCodeForm(ReauthenticateByCodeForm):  # type: ignore[misc]  # the library has no types
    """The code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, "code", _("Code"), **CODE_OR_RECOVERY)


class FirstCodeForm(ActivateTOTPForm):  # type: ignore[misc]  # the library has no types
    """The first code, which shows that the app holds the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _relabel(self, "code", _("Code shown in the app"), **CODE)


class WelcomeForm(forms.Form):
    """A new member's first password."""

    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. Four random words are good, and easy to type."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._staff = staff

    def clean_password(self) -> str:
        """Refuse a password that is short, common or like the person's name."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self._staff)
        return password

    def clean_again(self) -> str:
        """Refuse a second entry that differs."""
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("The two passwords differ. Type the same one twice."))
        return again


class InviteForm(forms.Form):
    """Who is to become a coordinator."""

    name = forms.CharField(
        label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_(
            "They sign in with it, and it hears when nobody is on duty. The link is not sent to it."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    agencies = forms.ModelMultipleChoiceField(
        Agency.objects.all(),
        label=_("Agencies"),
        required=False,
        help_text=_("Whose peers they look after. Choose none for the whole program."),
        widget=forms.CheckboxSelectMultiple,
    )


def _relabel(form: forms.Form, name: str, label: Any, **attributes: str) -> None:
    field = form.fields[name]
    field.label, field.help_text = label, ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attributes)
