"""How the desk bends the sign-in library to its own rules."""

import base64
import hashlib
from io import BytesIO
from typing import Any, ClassVar

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from leanto.desk.people.models import Staff


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Staff come by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account by themselves."""
        return False

    error_messages: ClassVar = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("E-mail and password do not fit together. Try again."),
        "incorrect_password": _("That is not your password. Try again."),
        "enter_current_password": _("That is not your password now. Try again."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes, then try again."),
        "rate_limited": _("Too many tries. Wait five minutes, then try again."),
    }

    def get_login_stages(self) -> list[str]:
        """Which steps follow the password? The second step, and nothing by e-mail."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def login(self, request: HttpRequest, user: Staff) -> None:
        """Sign in, and forget sessions that ended: a row left over says who was here."""
        super().login(request, user)
        request.session.clear_expired()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Count tries for one account from one address: Max elsewhere cannot hold Cleo out."""
        account = super()._get_login_attempts_cache_key(request, **credentials)
        return f"{get_ip(request)}:{account}"

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Say nothing: the library's messages are not in our words, so pages say what happened."""


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """The second step: a drawing that needs no inline style, and secrets sealed at rest."""

    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "That code does not fit. Wait for the next one in your app and type that."
        ),
    }

    def build_totp_svg(self, url: str) -> str:
        """Draw the QR code for an authenticator app, readable in dark mode too."""
        drawing = BytesIO()
        segno.make(url, error="m").save(
            drawing,
            kind="svg",
            xmldecl=False,
            light="white",
            svgclass="qr",
            lineclass=None,
            omitsize=True,
        )
        return drawing.getvalue().decode()

    def encrypt(self, text: str) -> str:
        """Seal a second-step secret, so that a stolen database alone does not open the desk."""
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed. Raises InvalidToken when the secret key has changed."""
        return _sealer().decrypt(encrypted_text.encode()).decode()


def _sealer() -> Fernet:
    key = hashlib.sha256(b"leanto/desk/second-step" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
