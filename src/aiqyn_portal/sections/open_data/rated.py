"""Ratings of sets as pages show them: criterion → indicator → the findings it rests on."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from aiqyn import rules
from aiqyn.chain import CriterionScore, IndicatorValue, Outcome, Rating
from aiqyn.report.worth import points_of
from aiqyn.scoring.methodology import Criterion, Indicator, Methodology, methodology
from aiqyn.text import Text
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.sections.open_data.models import File
from aiqyn_portal.sections.open_data.quality import Judged, full_of, weight
from aiqyn_portal.sections.open_data.showing import SEVERITIES, Line

REASONS: dict[str, StrOrPromise] = {
    # IndicatorValue.why: what a reader is told instead of a number
    "open_question": _("A question to a person has not been answered yet."),
    "no_finding": _("Nothing has been found out about this yet."),
    "unknown_points": _("How many points this is worth is not known."),
    "not_enough_data": _("There are not enough data."),
    "not_applied": _("Does not apply to this body."),
}


class Measured(NamedTuple):
    """One indicator; `rules` are codes of the findings it rests on."""

    title: str
    points: Decimal | None
    maximum: Decimal | None
    why: StrOrPromise
    rules: list[str]


class Part(NamedTuple):
    """One criterion."""

    title: str
    points: Decimal | None
    maximum: Decimal | None
    indicators: list[Measured]


class Total(NamedTuple):
    """What a rating comes to."""

    method: Methodology
    points: Decimal
    maximum: Decimal  # of what can be told


@dataclass(frozen=True, slots=True)
class Rated:
    """One rating."""

    method: Methodology
    points: Decimal
    maximum: Decimal  # of what can be told
    full: Decimal  # of all
    band: Text | None
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Found:
    """Findings of one rule: of the passport, or of each file."""

    rule: rules.Rule
    lines: list[tuple[Line, File | None]]
    gains: list[tuple[str, Decimal]]  # (methodology in words, points)


def rated(ratings: Iterable[Rating], shown: set[str]) -> list[Rated]:
    """Ratings in words; only codes in `shown` are named as findings of an indicator."""
    return [_rated(each, methodology(each.methodology), shown) for each in ratings]


def totals(ratings: Iterable[Rating]) -> list[Total]:
    """Ratings without their parts."""
    return [Total(methodology(each.methodology), *points_of(each)) for each in ratings]


def _rated(rating: Rating, method: Methodology, shown: set[str]) -> Rated:
    points, maximum = points_of(rating)
    scores = {each.code: each for each in rating.criteria}
    return Rated(
        method=method,
        points=points,
        maximum=maximum,
        full=full_of(method.id),
        band=next((band.title for band in method.bands if band.code == rating.grade), None),
        parts=[
            _part(each, scores[each.code], shown) for each in method.criteria if each.code in scores
        ],
    )


def _part(criterion: Criterion, score: CriterionScore, shown: set[str]) -> Part:
    values = {each.code: each for each in score.indicators}
    return Part(
        title=say_phrase(criterion.title),
        points=score.points,
        maximum=score.max_points,
        indicators=[
            _measured(each, values[each.code], shown)
            for each in criterion.indicators
            if each.code in values
        ],
    )


def _measured(indicator: Indicator, value: IndicatorValue, shown: set[str]) -> Measured:
    return Measured(
        title=say_phrase(indicator.title),
        points=value.points,
        maximum=value.max_points,
        why=REASONS.get(value.why, ""),
        rules=[code for code in indicator.asked if code in shown],
    )


def found(one: Judged, files: Mapping[str, File], outcome: Outcome) -> list[Found]:
    """Findings with one outcome, rule by rule, what is worth most first.

    `files` are those of the version by the digest of their bytes.
    """
    known = rules.load()
    lines: defaultdict[str, list[tuple[Line, File | None]]] = defaultdict(list)
    for each in one.findings:
        if each.outcome is outcome:
            lines[each.rule].append((Line(each, known[each.rule]), files.get(each.evidence)))
    every = [
        Found(known[code], its, said_gains(one.gains.get(code, {}).items()))
        for code, its in lines.items()
    ]
    return sorted(every, key=lambda each: _order(each.rule, one.gains.get(each.rule.code, {})))


def _order(rule: rules.Rule, gains: Mapping[str, Decimal]) -> tuple[Decimal, int, str]:
    return (-weight(gains), SEVERITIES.index(rule.text.severity), rule.code)


def said_gains(gains: Iterable[tuple[str, Decimal]]) -> list[tuple[str, Decimal]]:
    """The same with methodologies named in words."""
    return [(say_phrase(methodology(id_).title), points) for id_, points in gains]


def first_repairs(one: Judged) -> list[rules.Rule]:
    """The rules a set breaks, what is worth most first."""
    known = rules.load()
    broken = [known[code] for code in one.broken]
    broken.sort(key=lambda rule: _order(rule, one.gains.get(rule.code, {})))
    return broken
