"""People, bodies and browsers for the portal's tests."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import translation

from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import protection as ledger_protection
from aiqyn_portal.deadlines import protection as deadlines_protection
from aiqyn_portal.evaluation import frozen
from aiqyn_portal.trail import protection
from tests import factories
from tests.portal import migrated

IS_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")
ON_POSTGRESQL = [
    "base/test_postgresql.py",
    "open_data/test_at_once_on_postgresql.py",
    "open_data/test_ckan_at_once_on_postgresql.py",
    "open_data/test_deleting_at_once_on_postgresql.py",
    "open_data/test_old_databases_on_postgresql.py",
]
# goes to and fro through migrations for each test, as test_brought_over.py does on both
ON_SQLITE = ["open_data/test_brought_over_carefully.py"]
collect_ignore = ON_SQLITE if IS_POSTGRESQL else ON_POSTGRESQL
ASK_A_DATABASE = {"db", "transactional_db", "django_db_setup"}  # fixtures


def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    """On PostgreSQL run what asks a database: the rest was run on SQLite, and is the same."""
    if not IS_POSTGRESQL:
        return
    rest = [each for each in items if not _asks_a_database(each)]
    config.hook.pytest_deselected(items=rest)
    items[:] = [each for each in items if each not in set(rest)]


def _asks_a_database(item: Any) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    return bool(names & ASK_A_DATABASE) or item.get_closest_marker("django_db") is not None


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Nothing a test keeps is seen by the next: cache, evidence, the language spoken last."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.VAR = tmp_path
    settings.EVIDENCE_STORE = str(tmp_path / "evidence")
    settings.OPEN_DATA_COUNT_S = settings.CONTRIBUTIONS_PACE_S = settings.AUDIT_RENDERED = 0
    settings.PASSWORD_HASHERS = ["tests.factories.QuickHasher"]
    translation.deactivate()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Every process of the run begins with a copy of one migrated database."""
    if connection.vendor == "postgresql":
        folder = tmp_path_factory.getbasetemp()
        if "PYTEST_XDIST_WORKER" in os.environ:  # the folder all processes of the run share
            folder = folder.parent
        template = migrated.postgresql_template(folder, os.environ["DATABASE_URL"])
        connection.settings_dict["TEST"]["TEMPLATE"] = template
        yield
        return
    name = connection.creation._get_test_db_name()
    with closing(migrated.in_memory(name)):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Take the triggers away: a test with real transactions empties every table.

    Tests of the triggers put them back inside their own transaction. On SQLite a copy with
    everything in place is kept in the file returned, for processes of their own.
    """
    template = tmp_path_factory.mktemp("migrated") / "aiqyn.sqlite3"
    with django_db_blocker.unblock():
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with closing(sqlite3.connect(template)) as copy:
                connection.connection.backup(copy)
                # or the first processes to open it would all change it at once, and one be refused
                copy.execute("PRAGMA journal_mode=WAL")
        protection.remove(connection)
        ledger_protection.remove(connection)
        deadlines_protection.remove(connection)
        frozen.thaw()
    return template


@pytest.fixture
def environment_of_a_process(django_db_setup: Path, tmp_path: Path) -> dict[str, str]:
    """What another process needs to work in the test database; on SQLite in a copy of its own."""
    url = f"sqlite://{tmp_path}/aiqyn.sqlite3"
    if connection.vendor == "postgresql":
        parts = urlsplit(os.environ["DATABASE_URL"])
        url = parts._replace(path="/" + str(connection.settings_dict["NAME"])).geturl()
    else:
        shutil.copy(django_db_setup, tmp_path)
    return {
        **os.environ,
        "AIQYN_VAR": str(tmp_path),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "aiqyn_portal.project.settings",
        "PYTHONPATH": "src:.",
    }


@pytest.fixture
def raced(environment_of_a_process: dict[str, str]) -> Callable[[str], Any]:
    """Run a module that lets people act at once, in a process of its own; what it tells."""

    def run(module: str) -> Any:
        done = subprocess.run(
            [sys.executable, "-m", module],
            env=environment_of_a_process,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)

    return run


@pytest.fixture
def body(db: None) -> Body:
    return factories.BodyFactory(
        code="kz-akm-shymkent",
        kind=Body.Kind.AKIMAT_CITY,
        name={"kk": "Шымкент қаласының әкімдігі", "ru": "Акимат города Шымкент", "en": "Shymkent"},
    )


@pytest.fixture
def citizen(db: None) -> User:
    return factories.citizen()


@pytest.fixture
def evaluator(db: None) -> User:
    return factories.evaluator()


@pytest.fixture
def administrator(db: None) -> User:
    return factories.administrator()


@pytest.fixture
def officer(body: Body) -> User:
    """Speaks for `body`."""
    return factories.officer(body)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def citizen_client(citizen: User) -> Client:
    return signed_in(citizen)


@pytest.fixture
def evaluator_client(evaluator: User) -> Client:
    return signed_in(evaluator)


@pytest.fixture
def administrator_client(administrator: User) -> Client:
    return signed_in(administrator)


@pytest.fixture
def officer_client(officer: User) -> Client:
    return signed_in(officer)


@pytest.fixture
def clients(
    citizen_client: Client,
    officer_client: Client,
    evaluator_client: Client,
    administrator_client: Client,
) -> dict[str, Client]:
    """A browser for every role; "anonymous" is signed in as nobody."""
    return {
        "anonymous": Client(),
        "citizen": citizen_client,
        "officer": officer_client,
        "evaluator": evaluator_client,
        "administrator": administrator_client,
    }
