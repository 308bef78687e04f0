import django.db.models.deletion
from django.db import migrations, models


def empty(apps, schema_editor):
    """Entries have no shelf yet: they are made anew by `manage.py rebuild_search`."""
    apps.get_model("search", "Entry").objects.all().delete()
    schema_editor.execute("DELETE FROM search_words")


class Migration(migrations.Migration):
    dependencies = [("search", "0002_words_are_indexed")]

    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.CreateModel(
            name="Shelf",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=30)),
                ("year", models.PositiveSmallIntegerField(default=0)),
                ("status", models.CharField(blank=True, max_length=30)),
                ("languages", models.CharField(blank=True, max_length=20)),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="bodies.body",
                    ),
                ),
            ],
            options={"ordering": ["pk"]},
        ),
        migrations.RemoveField(model_name="entry", name="body"),
        migrations.RemoveField(model_name="entry", name="languages"),
        migrations.RemoveField(model_name="entry", name="status"),
        migrations.RemoveField(model_name="entry", name="year"),
        migrations.AddField(
            model_name="entry",
            name="shelf",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, to="search.shelf"
            ),
        ),
    ]
