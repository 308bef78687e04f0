from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0001_initial"),
        ("contributions", "0006_parts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="contribution",
            name="sealed_against",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="contribution",
            name="sealed_for",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="step",
            name="what",
            field=models.CharField(
                choices=[
                    ("received", "Received"),
                    ("registered", "Registered"),
                    ("grouped", "Put together with others that say the same"),
                    ("ungrouped", "Taken out of its group"),
                    ("decided", "Decided"),
                    ("passed_on", "Passed on to another body"),
                    ("reflected", "Reflected"),
                    ("done", "Done"),
                    ("moderated", "Removed by a moderator"),
                    ("masked", "Part of the text masked by a moderator"),
                    ("appealed", "The author appealed"),
                    ("restored", "Published again"),
                    ("upheld", "The appeal was declined"),
                    ("withdrawn", "Withdrawn by the author"),
                    ("voted", "Votes counted"),
                    ("rated", "The author rated the answer"),
                    ("reopened", "Opened again"),
                    ("person_erased", "The author left the platform"),
                    ("text_erased", "Text erased"),
                ],
                max_length=15,
            ),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                condition=models.Q(
                    ("votes_for", models.F("sealed_for")),
                    ("votes_against", models.F("sealed_against")),
                    _negated=True,
                ),
                fields=["id"],
                name="contributions_votes_to_seal",
            ),
        ),
    ]
