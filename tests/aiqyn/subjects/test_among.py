"""Numbers are picked out of links whatever pages have in common."""

import random
from array import array

import pytest

from aiqyn.subjects import among
from aiqyn.subjects.among import FIRST, Among


@pytest.mark.parametrize("most", [0, 3, among.MOST])
def test_wanted_numbers_are_picked_out_of_any_links(monkeypatch, most):
    monkeypatch.setattr(among, "MOST", most)
    chance = random.Random(1)
    menu = list(range(FIRST + 20))
    pages = [
        [*menu[: chance.randrange(FIRST + 20)], *chance.sample(range(900), 40)] for _ in "x" * 90
    ]
    pages += [[], [5], menu, menu]
    wanted = set(chance.sample(range(900), 200))
    looking = Among(wanted)

    for page in pages:
        assert looking.of(array("I", page)) == wanted & set(page)
