"""A database migrated once for all processes of a test run: migrating takes most of a start.

The first process that asks makes it; the others wait for it. Then each process begins with a
copy: on SQLite in memory, on PostgreSQL from a template of the same cluster.
"""

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

TEMPLATE = "aiqyn_migrated"


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time."""
    with (folder / "migrating.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def sqlite_file(folder: Path) -> Path:
    """The migrated database, made by the first caller."""
    made = folder / "migrated.sqlite3"
    with alone(folder):
        if not made.exists():
            under_way = folder / "migrating.sqlite3"
            _migrate(folder, f"sqlite://{under_way}")
            with sqlite3.connect(under_way) as kept:  # what its journal holds comes along
                kept.execute("PRAGMA journal_mode=DELETE")
            kept.close()
            under_way.rename(made)
    return made


def in_memory(folder: Path, name: str) -> sqlite3.Connection:
    """Fill the memory database `name`; it lives as long as the connection returned."""
    held = sqlite3.connect(name, uri=True, check_same_thread=False)
    with sqlite3.connect(sqlite_file(folder)) as migrated:
        migrated.backup(held)
    migrated.close()
    return held


def postgresql_template(folder: Path, url: str) -> str:
    """The name of the migrated database in the cluster of `url`, made by the first caller."""
    mark = folder / "migrated.postgresql"
    with alone(folder):
        if not mark.exists():
            with psycopg.connect(_in(url, "postgres"), autocommit=True) as cluster:
                cluster.execute(f"CREATE DATABASE {TEMPLATE}")
            _migrate(folder, _in(url, TEMPLATE))
            mark.touch()
    return TEMPLATE


def _in(url: str, name: str) -> str:
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def _migrate(folder: Path, url: str) -> None:
    environment: dict[str, Any] = {
        **os.environ,
        "AIQYN_VAR": str(folder / "var"),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "aiqyn_portal.project.settings",
        "PYTHONPATH": "src:.",
    }
    command = [sys.executable, "-m", "django", "migrate", "--verbosity=0"]
    subprocess.run(command, env=environment, check=True)
