"""Starts the desk as an ASGI application."""

from typing import TYPE_CHECKING

import django
from django.core.asgi import get_asgi_application

from leanto.desk.site.configuration import DeskConfig, configure

if TYPE_CHECKING:
    from django.core.handlers.asgi import ASGIHandler


def create_app(config: DeskConfig) -> "ASGIHandler":
    """Give back the running desk for this configuration. Once per process, since Django is."""
    start(config)
    return get_asgi_application()


def start(config: DeskConfig) -> None:
    """Make the desk's models and actions usable in this process, without serving pages."""
    configure(config)
    django.setup(set_prefix=False)
