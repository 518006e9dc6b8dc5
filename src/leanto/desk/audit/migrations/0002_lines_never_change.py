"""The database itself refuses to change a line once it is written."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

REFUSE = {
    "sqlite": """
    CREATE TRIGGER audit_entry_never_changes BEFORE UPDATE ON audit_entry
    BEGIN SELECT RAISE(ABORT, 'a line of the audit never changes'); END
""",
    "postgresql": """
    CREATE FUNCTION audit_entry_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE integrity_constraint_violation USING MESSAGE = 'a line of the audit never changes';
    END $$;
    CREATE TRIGGER audit_entry_never_changes BEFORE UPDATE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_entry_never_changes()
""",
}


def refuse(_apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    editor.execute(REFUSE[editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunPython(refuse)]
