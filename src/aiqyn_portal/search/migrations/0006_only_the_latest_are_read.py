from django.db import migrations, models

from aiqyn_portal.search.tables import (
    ADD_MARKS,
    FORGET_MARKS,
    INDEX_TSVECTOR,
    LATEST,
    MAKE_FTS5,
    REFILL_FTS5,
)

# as they were before
BARE_FTS5 = """
CREATE VIRTUAL TABLE search_words USING fts5(
    title, text, title_folded, text_folded,
    tokenize = "ascii tokenchars '_'", prefix = '3'
)"""
REFILL_BARE_FTS5 = """
INSERT INTO search_words (rowid, title, text, title_folded, text_folded)
SELECT rowid, title, text, title_folded, text_folded FROM search_words_before"""
BARE_INDICES = """
CREATE INDEX search_words_are_found ON search_words USING gin (words) WITH (fastupdate = off);
CREATE INDEX search_titles_are_found ON search_words USING gin (title) WITH (fastupdate = off)"""
DROP_INDICES = """
DROP INDEX IF EXISTS search_words_are_found;
DROP INDEX IF EXISTS search_titles_are_found"""


def make(apps, schema_editor):
    """What is indexed stays indexed: no text is read anew."""
    if schema_editor.connection.vendor == "sqlite":
        refill(schema_editor, MAKE_FTS5, REFILL_FTS5)
        return
    for statement in (DROP_INDICES, ADD_MARKS, INDEX_TSVECTOR, LATEST):
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        refill(schema_editor, BARE_FTS5, REFILL_BARE_FTS5)
        return
    for statement in (DROP_INDICES, FORGET_MARKS, BARE_INDICES):
        schema_editor.execute(statement)


def refill(schema_editor, table, rows):
    for statement in (
        "ALTER TABLE search_words RENAME TO search_words_before",
        table,
        rows,
        "DROP TABLE search_words_before",
    ):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_postgresql_reads_narrow_rows")]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "id"], name="search_latest_of_a_kind"),
        ),
        migrations.RunPython(make, unmake),
    ]
