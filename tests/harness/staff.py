"""Members of staff for tests: Cleo, who coordinates, and what her authenticator app shows."""

import base64
import hashlib
import hmac
import struct
import time
from functools import cache

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password
from django.test import Client

from leanto.desk.people.models import Staff

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PASSWORD = "four warm words here"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def member(name: str = "Cleo Marsh", *, role: str = Staff.Role.COORDINATOR) -> Staff:
    """A member of staff with a password and no second step yet."""
    email = f"{name.split(maxsplit=1)[0].lower()}@example.org"
    return Staff.objects.create(name=name, email=email, role=role, password=_hashed())


def member_with_second_step(name: str = "Cleo Marsh", *, role: str = "coordinator") -> Staff:
    """A member of staff as they are on every day after the first."""
    staff = member(name, role=role)
    TOTP.activate(staff, SECRET)
    return staff


def browser_of(staff: Staff | None, *, enforce_csrf_checks: bool = False) -> Client:
    """A browser in which this person is signed in; nobody is for None."""
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    if staff is not None:
        client.force_login(staff, backend=BACKEND)
    return client


@cache
def _hashed() -> str:
    return make_password(PASSWORD)  # slow on purpose, so once is enough


def code_in_the_app(secret: str = SECRET) -> str:
    """The six digits an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, hashlib.sha1)
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"
