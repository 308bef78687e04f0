from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("contributions", "0009_replies_stand_where_their_parents_do"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                fields=["kind", "about_key", "anchor", "-votes_for", "-id"],
                name="contributions_in_part",
            ),
        ),
        migrations.RemoveIndex(
            model_name="contribution",
            name="contributions_anchors",
        ),
    ]
