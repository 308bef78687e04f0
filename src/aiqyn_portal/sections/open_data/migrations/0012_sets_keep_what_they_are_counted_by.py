from django.db import migrations, models

STARS = """
UPDATE open_data_dataset SET stars = (
    SELECT v.stars FROM open_data_version v WHERE v.id = newest_id
) WHERE newest_id IS NOT NULL"""
AT_ONCE = 1_000


def fill(apps, schema_editor):
    schema_editor.execute(STARS)
    sets = apps.get_model("open_data", "Dataset").objects
    files = apps.get_model("open_data", "File").objects
    newest = dict(sets.filter(newest__isnull=False).values_list("newest_id", "pk"))
    formats, alike = {}, {}
    found = files.filter(version__newest_of__isnull=False).order_by("version_id", "format")
    for version, format_ in found.values_list("version_id", "format").distinct():
        formats.setdefault(version, []).append(format_)
    for version, of_one in formats.items():
        alike.setdefault(" ".join(of_one), []).append(newest[version])
    for said, pks in alike.items():
        for first in range(0, len(pks), AT_ONCE):
            sets.filter(pk__in=pks[first : first + AT_ONCE]).update(formats=said)


class Migration(migrations.Migration):
    dependencies = [("open_data", "0011_harvests_tell_what_failed")]

    operations = [
        migrations.AddField(
            model_name="dataset",
            name="stars",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="dataset",
            name="formats",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
