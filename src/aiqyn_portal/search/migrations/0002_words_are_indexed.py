from django.db import migrations

# as it was until 0006
MAKE_FTS5 = """
CREATE VIRTUAL TABLE search_words USING fts5(
    title, text, title_folded, text_folded,
    tokenize = "ascii tokenchars '_'", prefix = '3'
)"""
# as it was until 0005
MAKE_TSVECTOR = """
CREATE TABLE search_words (
    entry_id bigint PRIMARY KEY,
    words tsvector NOT NULL
);
CREATE INDEX search_words_are_found ON search_words USING gin (words) WITH (fastupdate = off)"""
DROP = "DROP TABLE IF EXISTS search_words"


def make(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute(MAKE_FTS5 if is_sqlite else MAKE_TSVECTOR)


def drop(apps, schema_editor):
    schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, drop)]
