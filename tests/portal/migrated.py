"""A database migrated once for all processes of a test run: migrating takes most of a start.

The first process that asks makes it; the others wait for it. Then each process begins with a
copy: on SQLite in memory, on PostgreSQL from a template of the same cluster. The file of SQLite
is kept for later runs under the digest of everything that migrating depends on.
"""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

TEMPLATE = "aiqyn_migrated"
ROOT = Path(__file__).resolve().parents[2]
PORTAL = ROOT / "src" / "aiqyn_portal"
KEPT = ROOT / ".cache" / "migrated"
FOLDERS = {"migrations", "models"}  # what says how a database is made
FILES = {"models.py", "apps.py", "settings.py", "protection.py", "frozen.py"}
FILES |= {"tables.py"}  # of search: its index is made by a migration


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time."""
    with (folder / "migrating.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def in_memory(name: str) -> sqlite3.Connection:
    """Fill the memory database `name`; it lives as long as the connection returned."""
    held = sqlite3.connect(name, uri=True, check_same_thread=False)
    KEPT.mkdir(parents=True, exist_ok=True)
    with alone(KEPT), closing(sqlite3.connect(_sqlite_file())) as migrated:
        migrated.backup(held)
    return held


def _sqlite_file() -> Path:
    made = KEPT / f"{_digest()}.sqlite3"
    if not made.exists():
        for outdated in KEPT.glob("*.sqlite3*"):
            outdated.unlink()
        under_way = KEPT / "migrating.sqlite3"
        _migrate(KEPT, f"sqlite://{under_way}")
        with closing(sqlite3.connect(under_way)) as kept:  # what its journal holds comes along
            kept.execute("PRAGMA journal_mode=DELETE")
        under_way.rename(made)
    return made


def _digest() -> str:
    """Of every file that says how a database is made."""
    digest = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted(PORTAL.rglob("*.py")):
        if path.name in FILES or FOLDERS & set(path.relative_to(PORTAL).parts):
            digest.update(f"{path.relative_to(PORTAL)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


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
