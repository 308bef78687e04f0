"""Triggers that refuse a change of what happened to a due date, whoever asks the database."""

from typing import Any

TABLE = "deadlines_event"
TOLD = "the history of a due date is append-only"
SQLITE = {
    name: f"""
    CREATE TRIGGER IF NOT EXISTS {TABLE}_keeps_{name.lower()} BEFORE {name} ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{TOLD}'); END
    """
    for name in ("UPDATE", "DELETE")
} | {
    # INSERT OR REPLACE deletes the row in its way without asking a DELETE trigger
    "INSERT": f"""
    CREATE TRIGGER IF NOT EXISTS {TABLE}_keeps_insert BEFORE INSERT ON {TABLE}
    WHEN EXISTS (
        SELECT 1 FROM {TABLE}
        WHERE id = NEW.id OR (deadline_id = NEW.deadline_id AND number = NEW.number)
    )
    BEGIN SELECT RAISE(ABORT, '{TOLD}'); END
    """  # noqa: S608 — our own names
}
FUNCTION = f"""
CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{TOLD}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL = {
    name: f"""
    CREATE OR REPLACE TRIGGER {TABLE}_keeps_{name.lower()} BEFORE {name} ON {TABLE}
    FOR EACH {"STATEMENT" if name == "TRUNCATE" else "ROW"} EXECUTE FUNCTION {TABLE}_refuse()
    """
    for name in ("UPDATE", "DELETE", "TRUNCATE")
}


def install(connection: Any) -> None:
    """Put the triggers in place."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for statement in _triggers(connection).values():
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the triggers away, for a migration backwards and for tests that empty the database."""
    table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _triggers(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_keeps_{name.lower()}{table}")


def _triggers(connection: Any) -> dict[str, str]:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE
