"""The days of grace of an edition, as its entry has always said them (6 USC 961(b))."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("criteria", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="editionrow",
            name="grace_days",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
