from django.db import migrations, models

# each row once: PostgreSQL gives no index to a table whose rows one transaction has written twice
MOMENTS = """
UPDATE open_data_dataset SET
    released_at = COALESCE(
        (SELECT v.released_at FROM open_data_version v WHERE v.id = newest_id), published_at
    ),
    modified_at = COALESCE((
        SELECT v.released_at FROM open_data_version v
        WHERE v.id = newest_id AND v.released_at > open_data_dataset.changed_at
    ), changed_at)"""


class Migration(migrations.Migration):
    dependencies = [("open_data", "0007_turns_of_harvests_and_standing")]

    operations = [
        migrations.AddField(
            model_name="dataset",
            name="released_at",
            field=models.DateTimeField(null=True, editable=False),
        ),
        migrations.AddField(
            model_name="dataset",
            name="modified_at",
            field=models.DateTimeField(null=True, editable=False),
        ),
        migrations.RunSQL(MOMENTS, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="dataset",
            index=models.Index(
                fields=["state", "-released_at", "-id", "newest"], name="open_data_released"
            ),
        ),
        migrations.AddIndex(
            model_name="dataset",
            index=models.Index(fields=["state", "-modified_at", "id"], name="open_data_modified"),
        ),
    ]
