"""The database itself refuses to change a line once it is written."""

from django.db import migrations

REFUSE = """
    CREATE TRIGGER audit_entry_never_changes BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'a line of the audit never changes'); END
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(REFUSE, "DROP TRIGGER audit_entry_never_changes")]
