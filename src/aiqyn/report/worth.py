"""What findings cost: the points of an audit by one methodology, and what a repair adds."""

from collections import defaultdict
from decimal import Decimal
from functools import cached_property

from aiqyn.audit import Report
from aiqyn.chain import Noun, Rating, Recommendation
from aiqyn.report.words import figure, word
from aiqyn.scoring.engine import recommend, score
from aiqyn.scoring.exact import plain
from aiqyn.scoring.methodology import Methodology, methodology
from aiqyn.text import say

SITE_PROFILE = "aiqyn-site-2026"


class Worth(Noun, frozen=True, kw_only=True, dict=True):
    """A report scored; `advice` comes best gain first."""

    method: Methodology
    rating: Rating
    advice: tuple[Recommendation, ...]

    @cached_property
    def gains(self) -> dict[str, Decimal]:
        """Points of the total that fulfilling a rule everywhere adds, by rule."""
        gains: defaultdict[str, Decimal] = defaultdict(Decimal)
        for each in self.advice:
            gains[each.rule] += each.gain
        return dict(gains)

    def said(self, language: str) -> str:
        """The points in one sentence: the total, or what is known of it."""
        points, full = points_of(self.rating)
        if not full:
            return word("no_score", language)
        said = {"points": number(points, language), "full": number(full, language)}
        return word("so_far" if self.rating.points is None else "total", language).format(**said)

    def title(self, language: str) -> str:
        return say(self.method.title, language)


def worth(report: Report, method_id: str = SITE_PROFILE) -> Worth:
    """Score the findings of one site.

    Raises CatalogueError for an unknown methodology, ScoringError where it compares bodies.
    """
    method = methodology(method_id)
    rating = score(report.body or report.start, report.findings, method)
    return Worth(method=method, rating=rating, advice=tuple(recommend(rating, method)))


def points_of(rating: Rating) -> tuple[Decimal, Decimal]:
    """Points and their maximum: of the total, or of the criteria that can be told."""
    if rating.points is not None:
        return rating.points, rating.max_points or Decimal()
    known = [each for each in rating.criteria if each.points is not None]
    points = sum((each.points for each in known if each.points), Decimal())
    return points, sum((each.max_points for each in known if each.max_points), Decimal())


def number(value: Decimal, language: str) -> str:
    """Write a number with the language's own decimal mark."""
    return figure(plain(value), language)
