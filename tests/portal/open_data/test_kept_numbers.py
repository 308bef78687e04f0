"""Numbers kept beside sets are those one would count, whatever has happened to the sets."""

import random
from datetime import timedelta

import pytest
from django.db.models import Sum

from aiqyn_portal.sections.open_data import actions, shelves
from aiqyn_portal.sections.open_data.actions.demand import count_use
from aiqyn_portal.sections.open_data.api import facets
from aiqyn_portal.sections.open_data.models import Dataset, Use
from tests.portal.open_data.sets import AT, published

NAMES = ("organization", "groups", "license_id", "res_format", "tags", "nothing")
DAY = AT.date()


def publish(row, dice, officer):
    published(row.body, officer, name=f"set-{dice.getrandbits(40)}", next_due=None)


def withdraw(row, _dice, officer):
    if row.state == Dataset.State.PUBLISHED and Dataset.objects.published().count() > 1:
        actions.withdraw(row, "қате", by=officer, at=AT)


def rename(row, dice, _officer):
    row.title = {"kk": f"Атау {dice.randrange(9)}", "en": "Name"}
    row.category = dice.choice(("health", "education", "transport"))
    row.licence = dice.choice(("cc0-1.0", "cc-by-4.0"))
    row.keywords = {"kk": dice.sample(("су", "жол", "газ"), 2)}
    row.save()


def use(row, dice, _officer):
    kind, day = dice.choice(list(Use.Kind)), DAY + timedelta(days=dice.randrange(2))
    count_use(Dataset(pk=row.pk), kind, day=day, times=dice.randrange(1, 5))


def save_what_was_read_before(row, dice, officer):
    use(row, dice, officer)
    row.save()


def in_any_order(counted):
    return {name: set(said) for name, said, _is_more in counted}


ACTS = (publish, withdraw, rename, use, save_what_was_read_before)


@pytest.mark.parametrize("seed", range(3))
def test_kept_numbers_are_those_one_would_count(body, officer, seed):
    dice = random.Random(seed)
    published(body, officer)

    for act in dice.choices(ACTS, k=12):
        act(dice.choice(list(Dataset.objects.select_related("body"))), dice, officer)

        kept = facets.counted(Dataset.objects.published(), NAMES, "kk", is_everything=True)
        assert kept == facets.counted(Dataset.objects.published(), NAMES, "kk", is_everything=False)
        everything, mark = shelves.Asked(), shelves.Standing.now()
        assert in_any_order(shelves._counted(everything, mark)) == in_any_order(
            shelves._counted.__wrapped__(everything, mark)
        )
        summed = Dataset.objects.published().annotate(n=Sum("uses__count", default=0))
        rows = Dataset.objects.published().select_related("newest")
        assert {row.pk: (row.stars, row.formats) for row in rows} == {
            row.pk: (row.newest.stars, "csv") for row in rows
        }
        order = sorted(((row.n, row.pk) for row in summed), reverse=True)
        shown = shelves.found(shelves.Asked(sort="used"))
        assert [(row.used, row.pk) for row in shown] == order


def test_facets_of_all_sets_are_counted_once(body, officer, django_assert_num_queries):
    published(body, officer)
    facets.counted(Dataset.objects.published(), NAMES, "kk", is_everything=True)

    with django_assert_num_queries(1):  # the mark of what stands
        facets.counted(Dataset.objects.published(), NAMES, "kk", is_everything=True)
