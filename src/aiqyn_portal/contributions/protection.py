"""Triggers that refuse a change of the ledger, whoever asks the database for it."""

from typing import Any

# table: what makes a row the same as another (INSERT OR REPLACE would take that one away)
TABLES = {
    "contributions_step": (
        "id = NEW.id OR (contribution_id = NEW.contribution_id AND number = NEW.number)"
    ),
    "contributions_seal": "position = NEW.position OR step_id = NEW.step_id",
    "contributions_root": "day = NEW.day",
}
REFUSE = "the ledger is append-only"
FUNCTION = f"""
CREATE OR REPLACE FUNCTION contributions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSE}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def install(connection: Any) -> None:
    """Put the triggers in place."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for _table, _name, statement in _triggers(connection.vendor):
            cursor.execute(statement)


def remove(connection: Any) -> None:
    """Take the triggers away, for a migration backwards and for tests that empty the database."""
    with connection.cursor() as cursor:
        for table, name, _statement in _triggers(connection.vendor):
            place = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{place}")


def _triggers(vendor: str) -> list[tuple[str, str, str]]:
    """Table, name and statement of every trigger."""
    made = _postgresql if vendor == "postgresql" else _sqlite
    return [(table, *each) for table, same in TABLES.items() for each in made(table, same)]


def _postgresql(table: str, _same: str) -> list[tuple[str, str]]:
    events = {"update": "ROW", "delete": "ROW", "truncate": "STATEMENT"}
    body = "FOR EACH {level} EXECUTE FUNCTION contributions_refuse()"
    return [_trigger(table, event, body.format(level=level)) for event, level in events.items()]


def _sqlite(table: str, same: str) -> list[tuple[str, str]]:
    conditions = {
        "update": "",
        "delete": "",
        "insert": f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})",  # noqa: S608  names of ours
    }
    body = f"BEGIN SELECT RAISE(ABORT, '{REFUSE}'); END"
    return [_trigger(table, event, f"{when} {body}") for event, when in conditions.items()]


def _trigger(table: str, event: str, body: str) -> tuple[str, str]:
    name = f"{table}_keeps_{event}"
    return name, f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} {body}"
