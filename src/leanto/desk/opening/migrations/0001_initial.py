import uuid

import django.db.models.deletion
from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from leanto.desk.site.clock import today


def whoever_has_cards_is_open(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A program of a version before this one that printed cards has opened: they must go on."""
    printed = apps.get_model("admission", "Box").objects.filter(for_watch=False)
    if printed.exists():
        apps.get_model("opening", "Opening").objects.create(id=1, opened_on=today())


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("admission", "0002_for_watch"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Opening",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("opens_on", models.DateField(null=True)),
                ("opened_on", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_opening")
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmed",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("step", models.CharField(max_length=20)),
                ("matter", models.CharField(max_length=120)),
                ("who", models.CharField(max_length=80)),
                ("on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["step", "matter"],
                "constraints": [
                    models.UniqueConstraint(fields=("step", "matter"), name="one_word_on_a_matter")
                ],
            },
        ),
        migrations.RunPython(whoever_has_cards_is_open, migrations.RunPython.noop),
    ]
