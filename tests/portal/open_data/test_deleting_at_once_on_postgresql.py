"""Two officers of one body and a draft that one of them deletes, on PostgreSQL.

Not collected where the tests run on SQLite (see conftest.py).
"""

import pytest

from aiqyn_portal.sections.open_data import actions
from aiqyn_portal.sections.open_data.models import Dataset, File
from aiqyn_portal.sections.open_data.refusals import SetIsGone, UnderReview, VersionIsClosed
from aiqyn_portal.trail.models import Event
from tests.portal.open_data.sets import AT, CSV
from tests.portal.open_data.test_at_once_on_postgresql import meanwhile

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_officers_delete_one_draft(draft, officer):
    with meanwhile(lambda: actions.discard(draft, by=officer)) as ended:
        actions.discard(draft, by=officer)

    assert ended == [SetIsGone]
    assert Event.objects.filter(action="data.discarded").count() == 1
    assert Event.objects.filter(action="data.file_removed").count() == 1


@pytest.mark.parametrize("is_deleted_first", [True, False])
def test_draft_is_deleted_while_it_is_handed_in(ready, officer, is_deleted_first):
    version = ready.versions.get()
    acts = [
        lambda: actions.discard(ready, by=officer),
        lambda: actions.submit(version, by=officer, at=AT),
    ]
    first, second = acts if is_deleted_first else acts[::-1]

    with meanwhile(second) as ended:
        first()

    assert ended == [SetIsGone if is_deleted_first else UnderReview]
    assert Dataset.objects.exists() != is_deleted_first


@pytest.mark.parametrize("is_deleted_first", [True, False])
def test_draft_is_deleted_while_a_file_is_added(draft, officer, is_deleted_first):
    version = draft.versions.get()
    acts = [
        lambda: actions.discard(draft, by=officer),
        lambda: actions.add_upload(version, "b.csv", CSV, by=officer, at=AT) and None,
    ]
    first, second = acts if is_deleted_first else acts[::-1]

    with meanwhile(second) as ended:
        first()

    assert ended == [VersionIsClosed if is_deleted_first else None]
    assert not Dataset.objects.exists()
    assert not File.objects.exists()
