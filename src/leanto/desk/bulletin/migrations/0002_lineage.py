from django.db import migrations, models

NO_LINEAGE = b"\x01\x00"


class Migration(migrations.Migration):
    dependencies = [
        ("bulletin", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="heldcharter",
            name="lineage",
            field=models.BinaryField(default=NO_LINEAGE),
        ),
    ]
