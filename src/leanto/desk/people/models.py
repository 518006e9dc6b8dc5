"""Staff accounts and the links that invite them."""

import uuid
from typing import ClassVar

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class StaffManager(BaseUserManager["Staff"]):
    """Finds staff by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        """The account with this e-mail address."""
        return self.get(email__iexact=username)


class Staff(AbstractBaseUser):
    """A person who runs the program. Django's `last_login` is left out: nobody needs it."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("Coordinator")

    last_login = None
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=20, choices=Role)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        """The name shown to other staff."""
        return self.name

    def has_second_step(self) -> bool:
        """Whether an authenticator app is set up; without one no page opens."""
        return bool(is_mfa_enabled(self, [Authenticator.Type.TOTP]))


class Invitation(models.Model):
    """A one-time link for a future member of staff. Only the link's hash is stored."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.BinaryField(max_length=32, unique=True)
    email = models.EmailField()
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=20, choices=Staff.Role)
    agencies = models.JSONField(default=list)
    usable_until = models.DateTimeField()
    used = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
