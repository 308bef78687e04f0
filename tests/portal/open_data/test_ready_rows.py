"""Statements put together once give what Django's own queries would."""

from datetime import date

import pytest

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data import drawn_set, quality, queries
from aiqyn_portal.sections.open_data.models import Column, Dataset, File, Reuse, Version
from tests.portal.open_data.sets import made_of, published, released

pytestmark = pytest.mark.django_db
OTHERS = ("_", "stars_said")  # what is not a field


def values(rows):
    """All that was read of each row, by field."""
    return [
        {name: held for name, held in vars(row).items() if not name.startswith(OTHERS)}
        for row in rows
    ]


@pytest.fixture
def row(body, officer):
    row = published(body, officer)
    Dataset.objects.update(newest=released(row, officer, 2), since=date(2026, 1, 1))
    made_of(row, officer)
    return Dataset.objects.get()


def test_rows_are_those_a_query_would_give(row):
    pk, version = row.pk, row.newest_id
    file = File.objects.filter(version=version).first()

    [shown] = drawn_set.SETS.rows(set=pk)

    assert [
        values([shown]),
        values([shown.body]),
        values(drawn_set.VERSIONS.rows(set=pk)),
        values(drawn_set.FILES.rows(version=version)),
        values(drawn_set.COLUMNS.rows(file=file.pk)),
        values(drawn_set.REUSES.rows(set=pk)),
    ] == [
        values(Dataset.objects.filter(pk=pk)),
        values(Body.objects.filter(pk=row.body_id)),
        values(Version.objects.filter(dataset=row).order_by("-number")),
        values(File.objects.filter(version=version).defer("grade")),
        values(Column.objects.filter(file=file).order_by("number")),
        values(Reuse.objects.shown()),
    ]


def test_set_is_judged_anew_once_its_body_has_a_site(row):
    today = date(2026, 11, 23)
    before = quality.judged_as(queries.shown_or_404(row.name).standing, today)

    Body.objects.update(site="https://other.example.kz")

    after = quality.judged_as(queries.shown_or_404(row.name).standing, today)
    assert after is not before
    assert after == quality.judged(queries.judgeable().get(), today)
    assert after is quality.judged_as(queries.shown_or_404(row.name).standing, today)
