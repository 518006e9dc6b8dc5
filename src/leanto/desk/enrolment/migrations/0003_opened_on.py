from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0002_own_word")]

    operations = [
        migrations.AddField(
            model_name="enrolment", name="opened_on", field=models.DateField(null=True)
        )
    ]
