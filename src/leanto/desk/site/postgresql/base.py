"""Transactions one after the other, as SQLite's `BEGIN IMMEDIATE` has them.

The desk's rules read, decide and write: two of them at once would decide by what the other is just
changing. Django looks for this file by its name.
"""

from django.db.backends.postgresql import base

ONE_AT_A_TIME = 0x6C65616E746F  # a number that all processes of one desk lock


class DatabaseWrapper(base.DatabaseWrapper):
    """Waits, for as long as `lock_timeout` allows, until no other transaction is under way."""

    def _set_autocommit(self, autocommit: bool) -> None:  # noqa: FBT001 -- Django's shape
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # not in its stubs
        if autocommit:
            return
        try:
            with self.connection.cursor() as cursor, self.wrap_database_errors:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        except Exception:
            self.connection.rollback()
            super()._set_autocommit(True)  # type: ignore[misc]  # noqa: FBT003 -- as above
            raise
