"""Methodologies as dated data: one folder each, read strictly, checked on reading."""

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from importlib.resources.abc import Traversable
from typing import Any, Literal

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.errors import CatalogueError
from aiqyn.scoring.exact import Number, in_steps, plain, whole
from aiqyn.scoring.measure import need
from aiqyn.scoring.measures import AnyMeasure
from aiqyn.scoring.tally import STATED
from aiqyn.text import Text, missing

FOLDER = ROOT / "methodologies"


class Cap(Noun, frozen=True, kw_only=True):
    """No more than `at_most` points, unless every rule in `unless` passed everywhere.

    Without `unless` the cap always holds.
    """

    at_most: Decimal
    unless: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        need(self.at_most.is_finite() and self.at_most >= 0, f"`at_most` is {self.at_most}")


class Condition(Noun, frozen=True, kw_only=True):
    """The indicator counts only while every rule in `rules` passed everywhere."""

    rules: tuple[str, ...]
    otherwise: Literal["zero", "leave_out"] = "zero"


class Indicator(Noun, frozen=True, kw_only=True, dict=True):
    """What is measured: rules in, points out."""

    code: str
    title: Text
    points: Decimal | None  # full mark; None: the act is not known to state it
    measure: AnyMeasure
    rules: tuple[str, ...]
    cap: Cap | None = None
    only_if: Condition | None = None
    missing: Literal["wait", "shrink"] = "wait"  # without an answer: wait, or leave it out
    source: Text | None = None  # where the indicator and its points are known from

    def __post_init__(self) -> None:
        _need_points(self.points)
        need(bool(self.rules), f"indicator {self.code} names no rule")
        need(len(set(self.rules)) == len(self.rules), f"indicator {self.code} repeats a rule")
        strange = sorted(set(self.measure.rules()) - set(self.rules))
        need(not strange, f"indicator {self.code}: parameters name {', '.join(strange)}")
        for attribute in ("factors", "weights"):
            named = getattr(self.measure, attribute, None)
            absent = sorted(set(self.rules) - set(named)) if named is not None else []
            need(not absent, f"indicator {self.code}: `{attribute}` lack {', '.join(absent)}")
        if self.cap is not None and self.points is not None:
            need(self.cap.at_most <= self.points, f"indicator {self.code}: the cap is no cap")

    @cached_property
    def full(self) -> Fraction | None:
        return None if self.points is None else Fraction(self.points)

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """Every rule whose facts decide: measured, conditioning and capping."""
        rules = [*self.rules]
        if self.only_if is not None:
            rules.extend(self.only_if.rules)
        if self.cap is not None:
            rules.extend(self.cap.unless)
        return tuple(dict.fromkeys(rules))


class Criterion(Noun, frozen=True, kw_only=True, dict=True):
    """A group of indicators; its points are their sum."""

    code: str
    title: Text
    points: Decimal | None = None  # maximum; None: the sum of the indicators, or unknown
    points_source: Text | None = None  # where the maximum is known from, or why it is not
    weight: Decimal = Decimal(1)  # in the total; 0: shown beside it
    needed: bool = False  # without it no total, even where missing criteria are left out
    capped: bool = False  # indicators may add up to more than `points`; the rest is cut
    note: Text | None = None
    indicators: tuple[Indicator, ...] = ()

    def __post_init__(self) -> None:
        _need_points(self.points)
        need(self.weight.is_finite() and self.weight >= 0, f"`weight` is {self.weight}")
        need(not self.capped or self.points is not None, "`capped` needs `points`")
        need(not self.needed or self.weight > 0, "`needed` needs `weight`")
        total = self._sum
        if self.points is not None and total is not None:
            enough = total >= self.points if self.capped else total == self.points
            worth = f"criterion {self.code} is worth {plain(self.points)}"
            need(enough, f"{worth}, its indicators {plain(total)}")

    @cached_property
    def _sum(self) -> Decimal | None:
        """Sum of the indicators' full marks; None when unknown."""
        marks = [i.points for i in self.indicators if i.points is not None]
        return sum(marks, Decimal(0)) if 0 < len(marks) == len(self.indicators) else None

    @cached_property
    def maximum(self) -> Decimal | None:
        """The maximum; None when the act is not known to state it."""
        return self._sum if self.points is None else self.points

    @cached_property
    def load(self) -> Number:
        """The weight, exact."""
        return in_steps(self.weight, Decimal(1))

    @cached_property
    def stated(self) -> str:
        """The rule under which a published figure of this criterion comes in."""
        return STATED + self.code


class Band(Noun, frozen=True, kw_only=True):
    """A verbal degree from `at_least` percent of the maximum upwards."""

    code: str
    at_least: Decimal  # percent, 0–100
    title: Text
    verified: bool = False  # the threshold was read in the act, not remembered
    source: Text | None = None

    def __post_init__(self) -> None:
        need(self.at_least.is_finite() and 0 <= self.at_least <= 100, f"band {self.at_least}")


class Missing(Noun, frozen=True, kw_only=True):
    """What to do with a criterion that has no points yet.

    "wait": no total. "shrink": the total is of the others, if at least `enough`
    of them have points; otherwise there is not enough data. A criterion that is
    `needed` is waited for all the same.
    """

    policy: Literal["wait", "shrink"] = "wait"
    enough: int = 1


class Methodology(Noun, frozen=True, kw_only=True, dict=True):
    """One edition, exactly as its act states it; what is not known is None."""

    id: str
    kind: Literal["national", "index", "profile"]
    title: Text
    act: Text
    url: str
    status: Text  # what a reader must know about how sure this is
    official: bool  # the act is somebody else's; False: weights of our own
    in_force_from: date
    in_force_until: date | None = None  # first day on which it no longer holds
    follows: str = ""  # id of the edition before this one
    short: str = ""  # a short name for the command line: "ogp"
    step: Decimal  # points are rounded half up to a multiple of this
    round_at: Literal["indicator", "criterion", "total"] = "indicator"
    rank_by: Literal["rounded", "raw"] = "rounded"
    total: Literal["sum", "mean", "lowest", "highest"] = "sum"
    grade_by: Literal["total", "criteria"] = "total"  # "criteria": a letter each, AAA…CCC
    missing: Missing = Missing()
    inapplicable: Literal["full", "leave_out"] = "full"
    bands: tuple[Band, ...] = ()  # best first
    criteria: tuple[Criterion, ...]

    def __post_init__(self) -> None:
        need(self.step.is_finite() and self.step > 0, f"`step` is {self.step}")
        need(self.total != "mean" or self.round_at == "total", "a mean is rounded at the total")
        need(any(c.weight for c in self.criteria), "no criterion carries weight")
        marks = {c.maximum for c in self.criteria if c.weight}
        need(self.total == "sum" or len(marks) == 1, f"maxima differ: no {self.total} of them")
        _need_apart("criterion", [c.code for c in self.criteria])
        _need_apart("indicator", [i.code for i in self.indicators])
        _need_apart("band", [b.code for b in self.bands])
        starts = [band.at_least for band in self.bands]
        need(starts == sorted(set(starts), reverse=True), "bands must fall, best first")
        need(not starts or starts[-1] == 0, "the last band must begin at 0")
        if self.in_force_until is not None:
            need(self.in_force_from < self.in_force_until, "in force until before it begins")
        for what, points in self._points():
            steps = in_steps(points, self.step)
            exact = isinstance(steps, int)
            need(exact, f"{what}: {plain(points)} is no whole number of steps {plain(self.step)}")
        for text in self._texts():
            need(not missing(text), f"a phrase lacks {', '.join(missing(text))}: {text}")

    @property
    def indicators(self) -> Iterator[Indicator]:
        for criterion in self.criteria:
            yield from criterion.indicators

    @cached_property
    def rules(self) -> frozenset[str]:
        """Every rule that some indicator asks about."""
        return frozenset(rule for i in self.indicators for rule in i.asked)

    @cached_property
    def relative(self) -> bool:
        """Whether all bodies must be surveyed before one can be scored."""
        return any(i.measure.relative for i in self.indicators)

    @cached_property
    def maximum(self) -> Decimal | None:
        """The maximum of the total; None when some maximum is not known."""
        known = [c.maximum for c in self.criteria if c.weight and c.maximum is not None]
        if len(known) < sum(1 for c in self.criteria if c.weight):
            return None
        if self.total == "sum":
            return sum((c.weight * (c.maximum or 0) for c in self.criteria), Decimal(0))
        return known[0]

    @cached_property
    def full(self) -> Fraction | None:
        """The maximum as a fraction."""
        return None if self.maximum is None else Fraction(self.maximum)

    @cached_property
    def marks(self) -> dict[str, int | None]:
        """Full marks in steps: by indicator code and by `Criterion.stated`."""
        decimals: dict[str, Decimal | None] = {i.code: i.points for i in self.indicators}
        decimals |= {c.stated: c.maximum for c in self.criteria}
        return {
            code: None if value is None else whole(in_steps(value, self.step))
            for code, value in decimals.items()
        }

    @cached_property
    def most(self) -> Number | None:
        """The maximum of the total in steps; a weight may make it a fraction."""
        return None if self.maximum is None else in_steps(self.maximum, self.step)

    def _points(self) -> Iterator[tuple[str, Decimal]]:
        """Yield what must be a whole number of steps, or rounding would overshoot it."""
        for criterion in self.criteria:
            if criterion.points is not None:
                yield f"criterion {criterion.code}", criterion.points
        for indicator in self.indicators:
            if indicator.points is not None:
                yield f"indicator {indicator.code}", indicator.points
            if indicator.cap is not None:
                yield f"cap of {indicator.code}", indicator.cap.at_most

    def _texts(self) -> Iterator[Text]:
        yield from (self.title, self.act, self.status)
        yield from (band.title for band in self.bands)
        yield from (criterion.title for criterion in self.criteria)
        yield from (indicator.title for indicator in self.indicators)
        said = [text for c in self.criteria for text in (c.note, c.points_source)]
        said += [band.source for band in self.bands]
        said += [indicator.source for indicator in self.indicators]
        yield from (text for text in said if text is not None)


def methodology_ids() -> list[str]:
    """Return the ids of all methodologies, sorted."""
    return sorted(
        folder.name for folder in FOLDER.iterdir() if (folder / "methodology.yaml").is_file()
    )


@lru_cache(maxsize=64)
def methodology(id: str) -> Methodology:  # noqa: A002 — the word used everywhere for it
    """Read one methodology; raises CatalogueError when there is none or it is wrong."""
    if id not in methodology_ids():
        known = ", ".join(methodology_ids())
        raise CatalogueError(id, f"there is no such methodology; there are {known}")
    return load(FOLDER / id)


def load(folder: Traversable) -> Methodology:
    """Read the methodology in any folder; the id must be the folder's name.

    Raises CatalogueError with file and path.
    """
    path = folder / "methodology.yaml"
    method = read(path, Methodology)
    if method.id != folder.name:
        raise CatalogueError(path, f"`id` is {method.id}, the folder is {folder.name} - at `$.id`")
    return method


@lru_cache(maxsize=64)
def digest(id: str) -> str:  # noqa: A002 — as above
    """Return the SHA-256 (hex) of the methodology's YAML files, names included."""
    methodology(id)
    return digest_of(FOLDER / id)


def digest_of(folder: Traversable) -> str:
    """Return the SHA-256 (hex) over the sorted YAML files of a folder."""
    total = hashlib.sha256()
    for path in sorted(folder.iterdir(), key=lambda each: each.name):
        if path.name.endswith(".yaml"):
            content = path.read_bytes()
            total.update(f"{path.name} {len(content)}\n".encode() + content)
    return total.hexdigest()


def _need_points(points: Decimal | None) -> None:
    need(points is None or (points.is_finite() and points > 0), f"`points` is {points}")


def _need_apart(what: str, codes: list[Any]) -> None:
    twice = sorted({code for code in codes if codes.count(code) > 1})
    need(not twice, f"{what} given twice: {', '.join(twice)}")
