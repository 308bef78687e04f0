"""Every index carries what its makers published; the engine must give the same."""

import pytest

from aiqyn.scoring.indices import index_ids, misplaced, reproduce
from aiqyn.scoring.methodology import FOLDER, methodology


@pytest.mark.parametrize("name", index_ids())
def test_index_reproduces_its_published_results(name):
    comparisons = reproduce(FOLDER / name)

    wrong = [(c.published.body, c.published.year) for c in comparisons if c.agrees is False]

    assert wrong == []


@pytest.mark.parametrize("name", index_ids())
def test_index_reproduces_its_published_order(name):
    comparisons = reproduce(FOLDER / name)

    years = {c.published.year for c in comparisons}

    assert {year: misplaced(comparisons, methodology(name), year) for year in years} == {
        year: [] for year in years
    }
