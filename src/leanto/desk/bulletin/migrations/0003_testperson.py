from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bulletin", "0002_lineage"),
    ]

    operations = [
        migrations.CreateModel(
            name="TestPerson",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.BinaryField(max_length=8)),
                ("duty_address", models.BinaryField(max_length=16)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="one_test_person")
                ],
            },
        ),
    ]
