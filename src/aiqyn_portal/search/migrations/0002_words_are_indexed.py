from django.db import migrations

from aiqyn_portal.search.engines import DROP, MAKE_FTS5

# as it was until 0005
MAKE_TSVECTOR = """
CREATE TABLE search_words (
    entry_id bigint PRIMARY KEY,
    words tsvector NOT NULL
);
CREATE INDEX search_words_are_found ON search_words USING gin (words) WITH (fastupdate = off)"""


def make(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(MAKE_FTS5 if is_sqlite else MAKE_TSVECTOR)


def drop(apps, schema_editor):
    schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
