from django.db import migrations

from aiqyn_portal.search.engines import DROP, engine


def make(apps, schema_editor):
    schema_editor.execute(engine(schema_editor.connection.vendor).make)


def drop(apps, schema_editor):
    schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
