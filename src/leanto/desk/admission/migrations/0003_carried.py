from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("admission", "0002_for_watch"),
    ]

    operations = [
        migrations.AddField(
            model_name="box",
            name="carried_by",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="box",
            name="carried_to",
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name="box",
            name="carried_on",
            field=models.DateField(blank=True, null=True),
        ),
    ]
