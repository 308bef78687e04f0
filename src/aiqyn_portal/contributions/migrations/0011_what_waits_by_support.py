from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("bodies", "0001_initial"),
        ("contributions", "0010_comments_by_paragraph_and_support"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="contribution",
            name="contributions_waiting",
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                condition=models.Q(("outcome", ""), ("shown", "public")),
                fields=["kind", "about_key", "-votes_for", "-id"],
                include=("anchor", "group", "parent"),
                name="contributions_waiting",
            ),
        ),
    ]
