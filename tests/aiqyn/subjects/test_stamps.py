"""A day of updating on nearly all pages is that of the site."""

from datetime import date

import pytest

from aiqyn.subjects.stamps import day_of_site
from aiqyn.subjects.traits.content import Content
from aiqyn.subjects.traits.freshness import Freshness

DAY, OTHER = date(2026, 11, 24), date(2026, 3, 1)


class Told:
    """A page, or its facts, as far as they are asked for."""

    def __init__(self, **more):
        vars(self).update(more)


def site_of(*days, read=True):
    return Told(
        pages=[
            Told(
                is_shell=False,
                traits=Told(content=Content(is_read=read), freshness=Freshness(updated=day)),
            )
            for day in days
        ]
    )


@pytest.mark.parametrize(
    ("days", "day"),
    [
        ([DAY] * 5, DAY),
        ([DAY] * 5 + [OTHER], DAY),
        ([DAY] * 5 + [OTHER] * 2, None),
        ([DAY] * 4, None),
        ([DAY] * 8 + [None] * 2, DAY),
        ([DAY] * 5 + [None] * 5, None),
        ([None] * 9, None),
        ([], None),
    ],
)
def test_day_nearly_all_pages_tell_is_that_of_the_site(days, day):
    assert day_of_site(site_of(*days)) == day
    assert day_of_site(site_of(*reversed(days))) == day


def test_pages_nobody_looked_through_tell_no_day():
    assert day_of_site(site_of(*[DAY] * 9, read=False)) is None
