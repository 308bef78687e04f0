from django.db import migrations

from aiqyn_portal.trail import protection


def forwards(apps, schema_editor):
    protection.remove(schema_editor.connection)
    protection.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("trail", "0002_trail_cannot_be_rewritten"),
    ]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
