"""Very long lists are counted and turned only so far."""

import pytest

from aiqyn_portal.base import paging
from aiqyn_portal.bodies.models import Body
from tests import factories


@pytest.mark.django_db
def test_long_list_is_counted_and_turned_no_further_than_the_bound(
    monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(paging, "MOST", 5)
    made = [factories.BodyFactory(code=f"kz-akm-{n}").pk for n in range(8)]
    pages = paging.BoundedPaginator(Body.objects.order_by("pk"), 2)

    with django_assert_num_queries(2):
        found = (pages.count, pages.num_pages, [row.pk for row in pages.get_page(99)])

    assert found == (5, 3, [made[4]])


@pytest.mark.django_db
def test_short_list_is_turned_as_it_is():
    made = [factories.BodyFactory(code=f"kz-akm-{n}").pk for n in range(3)]
    pages = paging.BoundedPaginator(Body.objects.order_by("pk"), 2)

    assert (pages.count, [row.pk for row in pages.get_page(2)]) == (3, made[2:])


@pytest.mark.django_db
def test_of_very_many_it_is_only_said_that_they_are_more(monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 2)
    for n in range(2):
        factories.BodyFactory(code=f"kz-akm-{n}")
    two = paging.counted(Body.objects.order_by("pk"))
    factories.BodyFactory(code="kz-akm-2")

    assert two == (2, False)
    assert paging.counted(Body.objects.order_by("pk")) == (2, True)


@pytest.mark.parametrize(
    ("said", "page"),
    [("", 1), ("3", 3), ("0", 1), ("-2", 1), ("7", 5), ("99999999999", 1), ("٣", 3), ("x", 1)],
)
def test_page_is_what_was_asked_for_within_bounds(said, page):
    assert paging.asked_page(said, 5) == page
