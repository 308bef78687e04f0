"""Tables as they stood before a migration: going back takes seconds, so it is done once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Target = tuple[str, str]
KEPT: dict[Target, Any] = {}  # by migration: a copy in memory, or the name of a database


def migrate(target: Target) -> None:
    """Without what follows a migration: tests empty tables that are frozen then."""
    MigrationExecutor(connection).migrate([target])


@cache
def models_at(target: Target) -> Any:
    """The models as they were right after a migration."""
    return MigrationExecutor(connection).loader.project_state(target).apps


@contextmanager
def before(target: Target) -> Iterator[Any]:
    """Empty tables as they stood at `target`, with the models as they were; then today's again."""
    stand = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    with stand(target):
        yield models_at(target)


@contextmanager
def _on_sqlite(target: Target) -> Iterator[None]:
    connection.ensure_connection()
    with closing(_copy()) as today:
        if target in KEPT:
            KEPT[target].backup(connection.connection)
        else:
            migrate(target)
            KEPT[target] = _copy()
        try:
            yield
        finally:
            today.backup(connection.connection)


def _copy() -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:")
    connection.connection.backup(copy)
    return copy


@contextmanager
def _on_postgresql(target: Target) -> Iterator[None]:
    today = connection.settings_dict["NAME"]
    if target not in KEPT:
        kept = f"{today}_{target[1]}"[:63]
        with _standing_in(kept, template=today):
            migrate(target)
        KEPT[target] = kept
    under_way = f"{today}_older"
    with _standing_in(under_way, template=KEPT[target]):
        yield


@contextmanager
def _standing_in(name: str, template: str) -> Iterator[None]:
    """Work in a new database, a copy of `template`, which goes with the cluster or the next."""
    today = connection.settings_dict["NAME"]
    connection.close()  # nobody may be in a database that is copied
    _of_the_cluster(f'DROP DATABASE IF EXISTS "{name}"')
    _of_the_cluster(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = today


def _of_the_cluster(command: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(command)
