from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("admission", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="box",
            name="for_watch",
            field=models.BooleanField(default=False),
        ),
    ]
