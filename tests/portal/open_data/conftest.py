"""A place to keep tables, and a set with a file that has been read."""

import pytest
from django_tasks_db.management.commands import db_worker

from aiqyn_portal.sections.open_data import actions, child, drawn_set, quality, shelves
from aiqyn_portal.sections.open_data.actions import reading
from aiqyn_portal.sections.open_data.actions.harvested import Catalogue
from aiqyn_portal.sections.open_data.api import described, facets
from tests.aiqyn.harvest.catalogues import CkanServer, served
from tests.portal.open_data.sets import AT, CSV, PASSPORT


@pytest.fixture(autouse=True)
def _own_workplace(settings, tmp_path, monkeypatch):
    """Tables lie in a folder of the test, nothing is kept from another test."""
    settings.VAR = tmp_path
    described.forget()
    facets.forget()
    shelves.forget()
    drawn_set.drawn_set.cache_clear()
    drawn_set.parts.clear()
    quality.kept.clear()
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)


@pytest.fixture
def in_process(monkeypatch):
    """Read files in this process: starting another takes most of a second."""
    monkeypatch.setattr(reading, "examine_apart", child.examine)


@pytest.fixture
def ckan():
    catalogue = CkanServer(3)
    with served(catalogue) as address:
        catalogue.address = address
        yield catalogue


@pytest.fixture
def source(body, officer, ckan):
    said = Catalogue(name="data.example.kz", address=ckan.address, kind="ckan")
    return actions.add_source(body, said, by=officer, at=AT)


@pytest.fixture
def draft(body, officer, in_process):
    """A set in preparation with one file that has been read."""
    row = actions.start_set(body, "Мектептер саны.csv", by=officer, at=AT)
    version = row.versions.get()
    file = actions.add_upload(version, "mektepter.csv", CSV, by=officer, at=AT)
    actions.read_file(file.pk)
    return row


@pytest.fixture
def ready(draft, officer):
    """The same set with a whole passport."""
    return actions.change_passport(draft, PASSPORT, seen=1, by=officer, at=AT)


@pytest.fixture
def public(ready, officer, evaluator):
    """The same set, published."""
    version = ready.versions.get()
    actions.submit(version, by=officer, at=AT)
    actions.release(version, by=evaluator, at=AT)
    ready.refresh_from_db()
    return ready
