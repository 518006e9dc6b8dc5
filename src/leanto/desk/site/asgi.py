"""Starts the desk as an ASGI application."""

from typing import cast

import django
from django.core.asgi import get_asgi_application

from leanto.desk.site.bodies import App, bounded
from leanto.desk.site.configuration import DeskConfig, configure


def create_app(config: DeskConfig) -> App:
    """Give back the running desk for this configuration. Once per process, since Django is."""
    start(config)
    # Django types its handler more narrowly than the standard it follows.
    return bounded(cast("App", get_asgi_application()))


def start(config: DeskConfig) -> None:
    """Make the desk's models and actions usable in this process, without serving pages."""
    configure(config)
    django.setup(set_prefix=False)
