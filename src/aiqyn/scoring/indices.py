"""Published answers and results of an index, and whether our engine gives the same.

An index is one folder: `methodology.yaml` (weights), `cases.yaml` (worked
examples) and `published.yaml` (what its makers published, with sources).
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from importlib.resources.abc import Traversable
from itertools import groupby

from aiqyn.catalogue import read
from aiqyn.chain import Noun, Rating
from aiqyn.errors import CatalogueError
from aiqyn.scoring.cases import Answers
from aiqyn.scoring.engine import rank, score, survey
from aiqyn.scoring.measure import need
from aiqyn.scoring.methodology import FOLDER, Methodology, load
from aiqyn.text import Text, missing


class Origin(Noun, frozen=True, kw_only=True):
    """Where figures come from; `verified` when they were read there, not recalled."""

    title: Text
    url: str = ""
    verified: bool = True


class Published(Noun, frozen=True, kw_only=True):
    """One result of one country or body; what was not published is None or empty."""

    body: str  # ISO code of a country, or registry code of a body
    year: int
    given: Answers = Answers()  # published answers or sub-indices
    points: Decimal | None = None
    rank: int | None = None
    of: int | None = None  # how many were ranked
    grade: str = ""
    source: str
    note: Text | None = None


class Results(Noun, frozen=True, kw_only=True):
    """What the makers of an index published."""

    tolerance: Decimal = Decimal(0)  # how far our points may lie from the published ones
    note: Text | None = None  # why the tolerance is not zero
    names: dict[str, Text]
    sources: dict[str, Origin]
    results: tuple[Published, ...]

    def __post_init__(self) -> None:
        need(self.tolerance.is_finite() and self.tolerance >= 0, f"tolerance {self.tolerance}")
        need(not self.tolerance or self.note is not None, "a tolerance needs a note that says why")
        seen = set()
        for each in self.results:
            place = f"{each.body} {each.year}"
            need(each.body in self.names, f"{place}: the name of {each.body} is missing")
            need(each.source in self.sources, f"{place}: no such source: {each.source}")
            need((each.body, each.year) not in seen, f"{place} stands twice")
            seen.add((each.body, each.year))
        texts = [*self.names.values(), *(origin.title for origin in self.sources.values())]
        for text in (*texts, *(r.note for r in self.results if r.note)):
            need(not missing(text), f"a phrase lacks {', '.join(missing(text))}: {text}")


class Comparison(Noun, frozen=True, kw_only=True):
    """One published result beside ours."""

    published: Published
    rating: Rating | None  # None: no answers were published, nothing to compute
    difference: Decimal | None = None  # ours less theirs
    agrees: bool | None = None  # None: nothing to compare


def index_ids() -> list[str]:
    """Return the ids of our methodologies that come with published results, sorted."""
    return sorted(path.name for path in FOLDER.iterdir() if (path / "published.yaml").is_file())


def results(id: str) -> Results:  # noqa: A002 — the word used everywhere for it
    """Read what was published for one of our indices."""
    if id not in index_ids():
        known = ", ".join(index_ids())
        raise CatalogueError(id, f"nothing was published for it; there are {known}")
    return results_in(FOLDER / id)


def results_in(folder: Traversable) -> Results:
    """Read what was published in any folder; raises CatalogueError with file and path."""
    return read(folder / "published.yaml", Results)


def reproduce(folder: Traversable) -> list[Comparison]:
    """Compute every published result again from its answers, year by year."""
    method, made = load(folder), results_in(folder)
    ordered = sorted(made.results, key=lambda each: each.year)
    return [
        comparison
        for _, year in groupby(ordered, key=lambda each: each.year)
        for comparison in _compare(list(year), method, made.tolerance)
    ]


def misplaced(comparisons: Iterable[Comparison], method: Methodology, year: int) -> list[str]:
    """Return the bodies whose order of that year is not the published one.

    Two bodies that were published with the same rank may stand either way.
    """
    places = {
        c.published.body: c.published.rank
        for c in comparisons
        if c.published.year == year and c.published.rank is not None and c.rating is not None
    }
    ratings = [
        c.rating
        for c in comparisons
        if c.rating is not None and c.published.year == year and c.published.body in places
    ]
    order = [places[rating.body] or 0 for _, rating in rank(ratings, method)]
    bodies = [rating.body for _, rating in rank(ratings, method)]
    return [body for body, is_, due in zip(bodies, order, sorted(order), strict=True) if is_ != due]


def series(id: str, body: str) -> list[Comparison]:  # noqa: A002 — as above
    """Return the results of one body over the years, the oldest first."""
    if id not in index_ids():
        raise CatalogueError(
            id, f"nothing was published for it; there are {', '.join(index_ids())}"
        )
    return [c for c in reproduce(FOLDER / id) if c.published.body == body]


def _compare(
    year: list[Published], method: Methodology, tolerance: Decimal
) -> Iterator[Comparison]:
    findings = {each.body: list(each.given.findings()) for each in year}
    answered = {body: found for body, found in findings.items() if found}
    spreads = survey(answered.items(), method) if method.relative else None
    for each in year:
        if each.body not in answered:
            yield Comparison(published=each, rating=None)
            continue
        rating = score(each.body, answered[each.body], method, spreads=spreads)
        yield _beside(each, rating, tolerance)


def _beside(published: Published, rating: Rating, tolerance: Decimal) -> Comparison:
    if published.points is None or rating.points is None:
        agrees = published.grade == rating.grade if published.grade else None
        return Comparison(published=published, rating=rating, agrees=agrees)
    difference = rating.points - published.points
    agrees = abs(difference) <= tolerance and published.grade in ("", rating.grade)
    return Comparison(published=published, rating=rating, difference=difference, agrees=agrees)
