"""A methodology as a reader needs it, and what changed between two editions."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import msgspec
from django.utils.translation import gettext_lazy as _

from aiqyn.scoring.diff import Difference, diff
from aiqyn.scoring.methodology import Criterion, Indicator, Methodology
from aiqyn.text import Text
from aiqyn_portal.base.formats import say_date, say_phrase
from aiqyn_portal.reports.rule_texts import RuleText, rule_text

MEASURES = {
    # the closed set of aiqyn.scoring.measures, in plain words
    "share": _("share of what passed"),
    "share_of_counts": _("share of a counted number"),
    "share_by_rule": _("mean of the shares of the rules"),
    "ladder": _("ladder of steps"),
    "lowest_step": _("the worst finding decides"),
    "tri_state": _("in full, in part or not at all"),
    "yes_no": _("yes or no"),
    "deduction": _("points are taken off for each failure"),
    "zero_by_failure": _("one failure makes it zero"),
    "product": _("product of factors"),
    "weighted_sum": _("weighted mean of shares"),
    "mean": _("mean of measured numbers"),
    "min_max": _("place between the lowest and the highest body"),
    "z_score": _("distance from the mean of all bodies"),
}


class Asked(NamedTuple):
    """One indicator of a methodology."""

    code: str
    title: str
    points: Decimal | None
    measure: str
    rules: list[RuleText]
    source: str


class Described(NamedTuple):
    """One criterion of a methodology."""

    code: str
    title: str
    maximum: Decimal | None
    source: str
    note: str
    indicators: list[Asked]


def described(method: Methodology) -> list[Described]:
    """The criteria in the active language; None where points are not known."""
    return [_described(criterion) for criterion in method.criteria]


def _described(criterion: Criterion) -> Described:
    return Described(
        code=criterion.code,
        title=say_phrase(criterion.title),
        maximum=criterion.maximum,
        source=_said(criterion.points_source),
        note=_said(criterion.note),
        indicators=[
            Asked(
                code=indicator.code,
                title=say_phrase(indicator.title),
                points=indicator.points,
                measure=str(MEASURES.get(_name(indicator.measure), _name(indicator.measure))),
                rules=[rule_text(rule) for rule in indicator.rules],
                source=_said(indicator.source),
            )
            for indicator in criterion.indicators
        ],
    )


def _said(text: Text | None) -> str:
    return say_phrase(text) if text else ""


def _name(measure: object) -> str:
    return str(type(measure).__struct_config__.tag)  # type: ignore[attr-defined]


class Changed(NamedTuple):
    """One difference between two editions, in the active language."""

    what: str  # "added", "removed", "changed"
    said: str  # the same in words
    subject: str
    field: str
    before: str
    after: str


WHAT = {"added": _("added"), "removed": _("removed"), "changed": _("changed")}
FIELDS = {
    "points": _("points"),
    "weight": _("weight"),
    "needed": _("whether the total waits for it"),
    "capped": _("cap"),
    "cap": _("cap"),
    "title": _("name"),
    "measure": _("how it is measured"),
    "rules": _("rules"),
    "only_if": _("condition"),
    "missing": _("when data are missing"),
    "in_force_from": _("in force from"),
    "in_force_until": _("in force until"),
    "step": _("rounding"),
    "round_at": _("where it is rounded"),
    "rank_by": _("what places are given by"),
    "total": _("how the total is made"),
    "grade_by": _("what grades are given by"),
    "inapplicable": _("what does not apply"),
    "bands": _("grades"),
}
PARTS = {
    "criterion": _("Criterion “%(title)s”"),
    "indicator": _("Indicator “%(title)s”"),
}


def differences(older: Methodology, newer: Methodology) -> list[Changed]:
    """What changed from `older` to `newer`, in reading order."""
    return [_changed(difference, older, newer) for difference in diff(older, newer)]


def _changed(difference: Difference, older: Methodology, newer: Methodology) -> Changed:
    place, _comma, field = difference.place.rpartition(", ")
    part, _space, code = (place or field).partition(" ")
    if part not in PARTS:
        return _worded(difference, str(_("Methodology")), difference.place)
    method = older if difference.what == "removed" else newer
    subject = str(PARTS[part]) % {"title": _title(method, part, code)}
    return _worded(difference, subject, field if place else "")


def _worded(difference: Difference, subject: str, field: str) -> Changed:
    before, after = difference.before, difference.after
    if difference.what != "changed":
        before = after = ""
    return Changed(
        what=difference.what,
        said=str(WHAT[difference.what]),
        subject=subject,
        field=str(FIELDS.get(field, field)),
        before=_plain(before, field),
        after=_plain(after, field),
    )


def _title(method: Methodology, part: str, code: str) -> str:
    parts: Iterable[Criterion | Indicator] = (
        method.criteria if part == "criterion" else method.indicators
    )
    return next((say_phrase(p.title) for p in parts if p.code == code), code)


def _plain(written: str, field: str) -> str:
    """What the files write, as a person reads it."""
    if not written:
        return str(_("not known")) if field == "points" else "–"
    if field == "measure":
        kind = msgspec.json.decode(written)["is"]
        return str(MEASURES.get(kind, kind))
    if field == "title":
        return say_phrase(msgspec.json.decode(written))
    if field.startswith("in_force"):
        return say_date(date.fromisoformat(written))
    if field == "rules":
        return ", ".join(msgspec.json.decode(written))
    return written
