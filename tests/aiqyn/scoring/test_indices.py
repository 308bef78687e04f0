"""Every index carries what its makers published; the engine must give the same."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from aiqyn.chain import Rating
from aiqyn.errors import CatalogueError
from aiqyn.scoring.indices import (
    Comparison,
    Published,
    index_ids,
    misplaced,
    reproduce,
    results,
    results_in,
    series,
)
from aiqyn.scoring.measures import MEASURES
from aiqyn.scoring.methodology import FOLDER, methodology

OF_CRITERION = """
names: {xx: {kk: Елі, ru: Страна, en: Country}}
sources: {here: {title: {kk: Осында, ru: Здесь, en: Here}}}
results:
"""


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


def test_all_six_indices_are_there():
    assert index_ids() == [
        "egdi",
        "ogp-eligibility",
        "ogp-values",
        "open-budget-survey",
        "open-data-barometer",
        "rti",
    ]


def test_series_tells_the_years_of_one_country():
    told = [(c.published.year, c.published.rank, c.published.points) for c in series("egdi", "kz")]

    assert told == [
        (2010, 46, None),
        (2014, 28, None),
        (2016, 33, None),
        (2018, 39, Decimal("0.7597")),
        (2020, 29, Decimal("0.8375")),
        (2022, 28, None),
    ]


def test_difference_is_said_and_not_hidden():
    kazakhstan = next(c for c in reproduce(FOLDER / "rti") if c.published.body == "kz")

    assert (kazakhstan.difference, kazakhstan.agrees) == (Decimal(-1), True)
    assert results("rti").tolerance == Decimal(1)


def test_index_that_is_not_there_is_refused():
    with pytest.raises(CatalogueError, match="kz-openness-2020: nothing was published"):
        results("kz-openness-2020")
    with pytest.raises(CatalogueError, match="nowhere: nothing was published"):
        series("nowhere", "kz")


def folder_of(tmp_path: Path, *rows: str, head: str = OF_CRITERION) -> Path:
    """Return a folder with our ogp-values weights and other published results."""
    place = tmp_path / "ogp-values"
    place.mkdir()
    shutil.copy(str(FOLDER / "ogp-values" / "methodology.yaml"), place)
    (place / "published.yaml").write_text(head + "\n".join(rows), encoding="utf-8")
    return place


def test_newcomer_adds_an_index_as_one_folder(tmp_path):
    place = folder_of(
        tmp_path,
        "- {body: xx, year: 2020, source: here, points: 2, grade: pass,"
        " given: {stated: {entry_and_exit: 3, repression: 1}}}",
        "- {body: xx, year: 2021, source: here, given: {stated: {entry_and_exit: 3}}}",
        "- {body: xx, year: 2022, source: here, rank: 7}",
    )

    told = [(c.published.year, c.difference, c.agrees) for c in reproduce(place)]

    assert told == [(2020, Decimal(1), False), (2021, None, None), (2022, None, None)]


def test_source_that_is_not_said_in_every_language_is_refused(tmp_path):
    head = OF_CRITERION.replace("kk: Осында, ", "")
    place = folder_of(tmp_path, "- {body: xx, year: 1, source: here}", head=head)

    with pytest.raises(CatalogueError, match="a phrase lacks kk: "):
        results_in(place)


@pytest.mark.parametrize(
    ("head", "row", "problem"),
    [
        ("", "- {body: yy, year: 1, source: here}", "yy 1: the name of yy is missing"),
        ("", "- {body: xx, year: 1, source: there}", "xx 1: no such source: there"),
        (
            "",
            "- {body: xx, year: 1, source: here}\n- {body: xx, year: 1, source: here}",
            "xx 1 stands twice",
        ),
        ("tolerance: 1\n", "  []", "a tolerance needs a note that says why"),
        ("tolerance: -1\n", "  []", "tolerance -1"),
        (
            "",
            "- {body: xx, year: 1, source: here, note: {kk: Ескерту}}",
            "a phrase lacks ru, en: {'kk': 'Ескерту'}",
        ),
    ],
)
def test_published_results_that_are_wrong_are_refused(tmp_path, head, row, problem):
    place = folder_of(tmp_path, row, head=head + OF_CRITERION)

    with pytest.raises(CatalogueError) as refused:
        results_in(place)

    assert str(refused.value) == f"{place / 'published.yaml'}: {problem}"


def test_misplaced_names_the_bodies_out_of_order():
    def comparison(body: str, place: int, points: int) -> Comparison:
        rating = Rating(
            body=body, methodology="rti", points=Decimal(points), max_points=Decimal(150)
        )
        return Comparison(
            published=Published(body=body, year=2020, rank=place, source="s"), rating=rating
        )

    comparisons = [comparison("a", 1, 10), comparison("b", 2, 20), comparison("c", 3, 5)]

    assert misplaced(comparisons, methodology("rti"), 2020) == ["b", "a"]


def test_relative_index_surveys_its_own_year(tmp_path):
    place = folder_of(
        tmp_path,
        "- {body: xx, year: 2020, source: here, points: 4, given: {values:"
        " {cso_entry_and_exit: [7], cso_repression: [7]}}}",
    )
    path = place / "methodology.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("is: mean", "is: min_max").replace("          highest: 4\n", ""))

    assert [c.agrees for c in reproduce(place)] == [True]


def test_readme_shows_an_index_that_works(tmp_path):
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    weights, answers = (block.split("```")[0] for block in readme.split("```yaml\n")[1:])
    place = tmp_path / "my-index"
    place.mkdir()
    (place / "methodology.yaml").write_text(weights, encoding="utf-8")
    (place / "published.yaml").write_text(answers, encoding="utf-8")

    assert [(c.published.points, c.agrees) for c in reproduce(place)] == [(Decimal(10), True)]
    assert all(f"`{name}`" in readme for name in MEASURES)
