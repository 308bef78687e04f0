from django.db import migrations

from aiqyn_portal.deadlines import protection


def forwards(apps, schema_editor):
    protection.install(schema_editor.connection)


def backwards(apps, schema_editor):
    protection.remove(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('deadlines', '0001_clocks_and_their_history'),
    ]

    operations = [
        migrations.RunPython(forwards, backwards),
    ]
