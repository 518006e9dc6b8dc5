"""Django settings of the desk; no other room reads them."""

INSTALLED_APPS: list[str] = []
USE_TZ = True
