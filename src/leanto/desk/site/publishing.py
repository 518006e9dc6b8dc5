"""How a change at the desk reaches the pockets."""

from django.db import transaction

from leanto.desk.site.clock import now


def publish_soon() -> None:
    """Publish the next bulletin once the change just made is durable.

    Call it inside that change's transaction. A mailroom that cannot be reached undoes nothing: the
    bulletin waits and is sent again.
    """
    waiting = [what for _, what, *_ in transaction.get_connection().run_on_commit]
    if _publish not in waiting:  # once for all the changes of one transaction
        transaction.on_commit(_publish)


def _publish() -> None:
    from leanto.desk.bulletin.actions import publish_if_due  # noqa: PLC0415 -- it leads back here

    publish_if_due(now=now())
