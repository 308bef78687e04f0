from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("bodies", "0001_initial"),
        ("contributions", "0007_votes_are_sealed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                condition=models.Q(("outcome", ""), ("shown", "public")),
                fields=["kind", "about_key", "id"],
                include=("anchor", "group", "parent"),
                name="contributions_waiting",
            ),
        ),
    ]
