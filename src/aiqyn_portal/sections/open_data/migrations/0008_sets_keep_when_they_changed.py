from django.db import migrations, models

RELEASED = """
UPDATE open_data_dataset SET released_at = COALESCE(
    (SELECT v.released_at FROM open_data_version v WHERE v.id = newest_id), published_at
)"""
MODIFIED = """
UPDATE open_data_dataset SET modified_at = changed_at;
UPDATE open_data_dataset SET modified_at = released_at
WHERE released_at > changed_at AND newest_id IS NOT NULL"""


def fill(apps, schema_editor):
    for statement in (RELEASED, *MODIFIED.split(";")):
        schema_editor.execute(statement)


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
        migrations.RunPython(fill, migrations.RunPython.noop),
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
