from django.db import migrations

from aiqyn_portal.search.tables import FILL_TITLES_FTS5, INDEX_TITLES, MAKE_TITLES_FTS5, OLDER


def make(apps, schema_editor):
    """Titles get an index of their own; nothing is read anew."""
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in (MAKE_TITLES_FTS5, FILL_TITLES_FTS5) if is_sqlite else (INDEX_TITLES, OLDER):
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_titles")
        return
    schema_editor.execute("DROP FUNCTION search_older")
    schema_editor.execute("DROP INDEX search_titles_are_found")


class Migration(migrations.Migration):
    dependencies = [("search", "0006_only_the_latest_are_read")]

    operations = [migrations.RunPython(make, unmake)]
