"""Brings the desk's database to this version: under a lock, or not at all.

A file is copied before. PostgreSQL takes all steps in one transaction, which it undoes as a whole.
"""

import os
import shutil
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from leanto.databases.copies import copy_before, forget_copies, locked
from leanto.databases.versions import NotMigrated, TooNew


def bring_up_to_date() -> None:
    """Take every step of this version that the desk's database has not taken yet.

    Processes that start at once wait for each other. Raises TooNew where a newer Leanto has been
    at work, or NotMigrated with the database as it was.
    """
    if connection.vendor == "postgresql":
        with transaction.atomic():  # whoever starts at the same time waits here
            if _steps_to_take():
                _migrate_at_once()
        return
    path = Path(str(connection.settings_dict["NAME"]))
    with locked(path):
        forget_copies(path)
        if _steps_to_take():
            _migrate(path, len(_executor().loader.applied_migrations))


def _steps_to_take() -> bool:
    executor = _executor()
    applied = set(executor.loader.applied_migrations)
    if newer := sorted(applied - set(executor.loader.disk_migrations)):
        app, step = newer[0]
        raise TooNew(
            f"{connection.settings_dict['NAME']} was written by a newer Leanto (step {app} {step})."
            " Install that version again, or restore a backup from before."
        )
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _executor() -> MigrationExecutor:
    return MigrationExecutor(connection)


def _migrate_at_once() -> None:
    try:
        with transaction.atomic():
            call_command("migrate", verbosity=0, interactive=False)
    except Exception as fault:
        raise NotMigrated(
            f"The desk's database could not be brought to this version: {fault}. It is as it was; "
            "go on with the version before, and tell us."
        ) from fault


def _migrate(path: Path, taken: int) -> None:
    """`taken` steps were taken before; a database without any is new, and has nothing to keep."""
    copy = None
    if taken:
        connection.ensure_connection()
        copy = copy_before(connection.connection, path, version=str(taken))
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except Exception as fault:
        if copy is None:
            raise
        connection.close()
        _put_back(path, copy)
        raise NotMigrated(
            f"The desk's database could not be brought to this version: {fault}. It is as it was; "
            "go on with the version before, and tell us."
        ) from fault


def _put_back(path: Path, copy: Path) -> None:
    """Steps are taken one by one: those before the one that failed are undone with it."""
    back = copy.with_name(copy.name + ".back")
    shutil.copyfile(copy, back)
    back.chmod(0o600)
    for log in ("-wal", "-shm"):
        path.with_name(path.name + log).unlink(missing_ok=True)
    os.replace(back, path)  # noqa: PTH105 -- one move, whole or not at all
