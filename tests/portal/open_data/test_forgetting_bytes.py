"""Bytes of files taken out before publication go after a while; what anything rests on stays."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep, store
from aiqyn_portal.sections.open_data import actions, tables, tasks
from aiqyn_portal.sections.open_data.actions import forgetting
from aiqyn_portal.sections.open_data.models import File
from aiqyn_portal.trail.models import Event
from tests.portal.open_data.sets import AT, CSV

pytestmark = pytest.mark.django_db
OTHER = CSV + b"711010000;?;1\n"


@pytest.fixture
def later(settings):
    settings.OPEN_DATA_REMOVED_DAYS = 30
    return timezone.now() + timedelta(days=31)


@pytest.fixture
def removed(draft, officer):
    """A file that was read and taken out again."""
    version = draft.versions.get()
    file = actions.add_upload(version, "b.csv", OTHER, by=officer, at=AT)
    actions.read_file(file.pk)
    file.refresh_from_db()
    actions.remove_file(file, by=officer)
    return file


def test_bytes_of_removed_files_go_once_their_days_are_over(removed, later, draft):
    early = forgetting.forget_removed(later - timedelta(days=2))
    tasks.forget_removed(later)

    kept = draft.versions.get().files.get()
    assert early == 0
    assert [removed.sha256 in store(), removed.table_sha256 in store()] == [False, False]
    assert not (tables.folder() / f"{removed.table_sha256}.parquet").exists()
    assert [kept.sha256 in store(), kept.table_sha256 in store()] == [True, True]
    assert Snapshot.objects.filter(sha256=removed.sha256).exists()
    assert Event.objects.filter(action="data.bytes_forgotten").count() == 2
    assert forgetting.forget_removed(later) == 0


def test_without_the_setting_nothing_goes(removed, later, settings):
    settings.OPEN_DATA_REMOVED_DAYS = 0

    assert forgetting.forget_removed(later) == 0
    assert removed.sha256 in store()


def test_bytes_another_file_or_a_crawl_rests_on_stay(removed, later, draft, officer, body):
    same = actions.add_upload(draft.versions.get(), "c.csv", OTHER, by=officer, at=AT)
    by_file = forgetting.is_needed(removed.sha256)
    File.objects.filter(pk=same.pk).delete()
    keep(OTHER, body=body, origin=Snapshot.Origin.CRAWL, address="https://a.kz/", taken_at=AT)

    forgetting.forget_removed(later)

    assert by_file
    assert removed.sha256 in store()


def test_bytes_brought_again_meanwhile_are_put_back(removed, later, monkeypatch):
    answers = iter([False, True, False, True])
    monkeypatch.setattr(forgetting, "is_needed", lambda _: next(answers))

    assert forgetting.forget_removed(later) == 0
    assert removed.sha256 in store()
