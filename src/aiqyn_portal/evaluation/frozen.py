"""The database itself refuses to change or delete a rating, whoever asks."""

from django.db import connections

TABLE = "evaluation_rating"
SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'a rating is frozen'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'a rating is frozen'); END""",
    # INSERT OR REPLACE deletes the row in its way without asking a DELETE trigger
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_no_replace BEFORE INSERT ON {TABLE}
        WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR corrects_id = NEW.corrects_id
            OR (entry_id = NEW.entry_id AND stage = 'final' AND NEW.stage = 'final'))
        BEGIN SELECT RAISE(ABORT, 'a rating is frozen'); END""",  # noqa: S608 — our own names
]
POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'a rating is frozen'; END $$""",
    f"""CREATE OR REPLACE TRIGGER {TABLE}_frozen BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()""",
    f"""CREATE OR REPLACE TRIGGER {TABLE}_not_emptied BEFORE TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()""",
]
THAW = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {TABLE}_no_{what}" for what in ("update", "delete", "replace")
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {TABLE}_{what} ON {TABLE}" for what in ("frozen", "not_emptied")
    ],
}


def freeze(using: str = "default") -> None:
    """Create the triggers where they are missing; raises nothing on a database without the table.

    The table is absent while migrations go back to before the app's first one.
    """
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    _run(using, SQLITE if connection.vendor == "sqlite" else POSTGRESQL)


def thaw(using: str = "default") -> None:
    """Drop the triggers: only for tests, which empty their tables, and for migrations of data."""
    _run(using, THAW[connections[using].vendor])


def _run(using: str, statements: list[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
