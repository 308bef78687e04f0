"""The database itself refuses to change or delete a rating, whoever asks."""

from django.db import connections

TABLE = "evaluation_rating"
SQLITE = [
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_no_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'a rating is frozen'); END""",
    f"""CREATE TRIGGER IF NOT EXISTS {TABLE}_no_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'a rating is frozen'); END""",
]
POSTGRESQL = [
    f"""CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'a rating is frozen'; END $$""",
    f"""CREATE OR REPLACE TRIGGER {TABLE}_frozen BEFORE UPDATE OR DELETE ON {TABLE}
        FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()""",
]
THAW = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {TABLE}_no_{what}" for what in ("update", "delete")],
    "postgresql": [f"DROP TRIGGER IF EXISTS {TABLE}_frozen ON {TABLE}"],
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
