"""The database itself refuses to change or delete what a rating rests on, whoever asks."""

from typing import NamedTuple

from django.db import connections


class Kept(NamedTuple):
    """A table whose rows are added and then stay as they are."""

    table: str
    told: str  # to whoever tries
    taken: str = "id = NEW.id"  # when a new row would take the place of an old one
    still_open: str = ""  # a condition on OLD: such a row may be changed, never deleted


KEPT = (
    Kept(
        "evaluation_rating",
        "a rating is frozen",
        "id = NEW.id OR corrects_id = NEW.corrects_id"
        " OR (entry_id = NEW.entry_id AND stage = 'final' AND NEW.stage = 'final')",
    ),
    Kept("evaluation_answer", "an answer is frozen"),
    Kept("evaluation_objection", "an objection is frozen", still_open="OLD.decision = ''"),
    Kept("evidence_snapshot", "evidence is frozen"),
    Kept("evidence_audit", "an audit is frozen"),
    Kept("evidence_findingrow", "a finding is frozen"),
)


def _sqlite(kept: Kept) -> list[str]:
    table, refuse = kept.table, f"BEGIN SELECT RAISE(ABORT, '{kept.told}'); END"
    closed = f"WHEN NOT ({kept.still_open})" if kept.still_open else ""
    make = f"CREATE TRIGGER IF NOT EXISTS {table}"
    return [
        f"{make}_no_update BEFORE UPDATE ON {table} {closed} {refuse}",
        f"{make}_no_delete BEFORE DELETE ON {table} {refuse}",
        # INSERT OR REPLACE deletes the row in its way without asking a DELETE trigger
        f"""{make}_no_replace BEFORE INSERT ON {table}
            WHEN EXISTS (SELECT 1 FROM {table} WHERE {kept.taken}) {refuse}""",  # noqa: S608 — our own names
    ]


def _postgresql(kept: Kept) -> list[str]:
    table = kept.table
    closed = f"WHEN (NOT ({kept.still_open}))" if kept.still_open else ""
    refuse = f"EXECUTE FUNCTION {table}_refuse()"
    return [
        f"""CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{kept.told}'; END $$""",
        f"""CREATE OR REPLACE TRIGGER {table}_no_update BEFORE UPDATE ON {table}
            FOR EACH ROW {closed} {refuse}""",
        f"""CREATE OR REPLACE TRIGGER {table}_no_delete BEFORE DELETE ON {table}
            FOR EACH ROW {refuse}""",
        f"""CREATE OR REPLACE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT {refuse}""",
    ]


def freeze(using: str = "default") -> None:
    """Create the triggers where they are missing; raises nothing where a table is missing.

    A table is absent while migrations go back to before its app's first one.
    """
    connection = connections[using]
    there = connection.introspection.table_names()
    statements = _sqlite if connection.vendor == "sqlite" else _postgresql
    _run(using, [each for kept in KEPT if kept.table in there for each in statements(kept)])


def thaw(using: str = "default") -> None:
    """Drop the triggers: only for tests, which empty their tables, and for migrations of data."""
    is_sqlite = connections[using].vendor == "sqlite"
    names = ("no_update", "no_delete", "no_replace" if is_sqlite else "not_emptied")
    _run(
        using,
        [
            f"DROP TRIGGER IF EXISTS {kept.table}_{name}{'' if is_sqlite else f' ON {kept.table}'}"
            for kept in KEPT
            for name in names
        ],
    )


def _run(using: str, statements: list[str]) -> None:
    with connections[using].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
