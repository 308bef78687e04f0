from django.db import migrations

from aiqyn_portal.search.engines import INDEX_TSVECTOR, MAKE_TSVECTOR

REFILL = """
INSERT INTO search_words (id, shelf_id, day, title_words, title, words)
SELECT entry.id, entry.shelf_id, entry.day, entry.title_words, ts_filter(old.words, '{a}'), old.words
FROM search_words_before old JOIN search_entry entry ON entry.id = old.entry_id"""


def make(apps, schema_editor):
    """Beside the words: what orders and counts an answer; what was indexed stays indexed."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("ALTER TABLE search_words RENAME TO search_words_before")
    schema_editor.execute("ALTER TABLE search_words_before DROP CONSTRAINT search_words_pkey")
    schema_editor.execute("DROP INDEX search_words_are_found")
    schema_editor.execute(MAKE_TSVECTOR)
    schema_editor.execute(REFILL)
    schema_editor.execute(INDEX_TSVECTOR)  # at once: quicker than row by row
    schema_editor.execute("DROP TABLE search_words_before")


class Migration(migrations.Migration):
    dependencies = [("search", "0004_saved_searches")]

    operations = [migrations.RunPython(make)]
