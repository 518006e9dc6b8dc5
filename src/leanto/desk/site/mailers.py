"""How Django is told of the program's mail server."""

from typing import Any

from leanto.mail.settings import Mail, Tls

TIMEOUT_SECONDS = 10


def mailer(mail: Mail | None) -> dict[str, Any]:
    """An entry of MAILERS. Without a server nothing is ever sent."""
    if mail is None:
        return {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    password = mail.password_file.read_text("utf-8").strip() if mail.password_file else ""
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": mail.host,
            "port": mail.port,
            "username": mail.user,
            "password": password,
            "use_tls": mail.tls is Tls.STARTTLS,
            "use_ssl": mail.tls is Tls.FROM_THE_START,
            "timeout": TIMEOUT_SECONDS,
        },
    }
