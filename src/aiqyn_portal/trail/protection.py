"""Triggers that refuse a change of the trail, whoever asks the database for it."""

from typing import Any

SQLITE = {
    name: f"""
    CREATE TRIGGER trail_event_keeps_{name.lower()} BEFORE {name} ON trail_event
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
    """
    for name in ("UPDATE", "DELETE")
} | {
    # INSERT OR REPLACE deletes the row in its way without asking a DELETE trigger
    "INSERT": """
    CREATE TRIGGER trail_event_keeps_insert BEFORE INSERT ON trail_event
    WHEN EXISTS (SELECT 1 FROM trail_event WHERE id = NEW.id OR number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END
    """
}
POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION trail_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the trail is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL = {
    "UPDATE": """
    CREATE TRIGGER trail_event_keeps_update BEFORE UPDATE ON trail_event
    FOR EACH ROW EXECUTE FUNCTION trail_event_refuse()
    """,
    "DELETE": """
    CREATE TRIGGER trail_event_keeps_delete BEFORE DELETE ON trail_event
    FOR EACH ROW EXECUTE FUNCTION trail_event_refuse()
    """,
    "TRUNCATE": """
    CREATE TRIGGER trail_event_keeps_truncate BEFORE TRUNCATE ON trail_event
    FOR EACH STATEMENT EXECUTE FUNCTION trail_event_refuse()
    """,
}


def install(connection: Any) -> None:
    """Put the triggers in place."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for statement in _triggers(connection).values():
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the triggers away, for a migration backwards and for tests that empty the database."""
    table = " ON trail_event" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in _triggers(connection):
            cursor.execute(f"DROP TRIGGER IF EXISTS trail_event_keeps_{name.lower()}{table}")


def _triggers(connection: Any) -> dict[str, str]:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE
