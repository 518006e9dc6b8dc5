"""How a change at the desk reaches the pockets."""

from importlib import import_module

from django.apps import apps
from django.db import transaction

from leanto.desk.site.clock import now


def publish_soon() -> None:
    """Publish the next bulletin once the change just made is durable.

    Call it inside that change's transaction. A mailroom that cannot be reached undoes nothing: the
    bulletin waits and is sent again.
    """
    if apps.is_installed("leanto.desk.bulletin"):
        actions = import_module("leanto.desk.bulletin.actions")
        transaction.on_commit(lambda: actions.publish_if_due(now=now()))
