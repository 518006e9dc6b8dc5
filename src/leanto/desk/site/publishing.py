"""How a change at the desk reaches the pockets."""

from importlib import import_module

from django.apps import apps
from django.db import transaction


def publish_soon() -> None:
    """Publish the next bulletin once the change just made is durable.

    Call it inside that change's transaction.
    """
    if apps.is_installed("leanto.desk.bulletin"):
        transaction.on_commit(import_module("leanto.desk.bulletin.actions").publish)
