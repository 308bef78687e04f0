"""Why a body has the score it has: criterion → indicator → finding → place → evidence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from aiqyn import chain
from aiqyn.chain import Finding
from aiqyn.scoring.methodology import Criterion, Indicator, Methodology
from aiqyn_portal.base.formats import say_phrase, say_place
from aiqyn_portal.evaluation.standing import as_builtins, as_findings
from aiqyn_portal.evidence.closing import as_everybody_reads
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.reports.figures import percent_of
from aiqyn_portal.reports.rule_texts import RuleText, rule_text

STATED = "stated:"
SHOWN_PLACES = 10
REASONS = {
    # IndicatorValue.why: what a reader is told instead of a number
    "open_question": _("A question to a person has not been answered yet."),
    "no_finding": _("Nothing has been found out about this yet."),
    "unknown_points": _("How many points this is worth is not known."),
    "not_enough_data": _("There are not enough data."),
    "not_applied": _("Does not apply to this body."),
}


class Spot(NamedTuple):
    """One place of a finding."""

    where: str
    saw: str
    address: str
    href: str  # of the evidence page; "" when the bytes are not public
    note: str


@dataclass(frozen=True, slots=True)
class Found:
    """One finding, ready to print."""

    rule: RuleText
    outcome: str
    value: Decimal | None
    good: int | None
    of: int | None
    spots: list[Spot]
    more: int
    href: str
    sha256: str
    note: str


class Measured(NamedTuple):
    """One indicator."""

    code: str
    title: str
    points: Decimal | None
    maximum: Decimal | None
    why: str
    findings: list[Found]


class Judged(NamedTuple):
    """One criterion."""

    code: str
    title: str
    points: Decimal | None
    maximum: Decimal | None
    percent: Decimal | None
    stated: Found | None
    why: str
    note: str
    indicators: list[Measured]


def findings_in(kept: Iterable[Any]) -> list[Finding]:
    """The nouns kept in `Rating.findings`, as everybody may read them."""
    return as_everybody_reads(as_findings(kept))


def open_findings(kept: Iterable[Any]) -> list[Any]:
    """As `findings_in`, as JSON."""
    return as_builtins(findings_in(kept))


def walk(tree: chain.Rating, findings: Sequence[Finding], method: Methodology) -> list[Judged]:
    """The tree with its findings, in the order of the methodology. One query."""
    public = public_digests(findings)
    by_rule: dict[str, list[Found]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.rule].append(_found(finding, public))
    scores = {score.code: score for score in tree.criteria}
    return [
        _judged(criterion, scores[criterion.code], by_rule)
        for criterion in method.criteria
        if criterion.code in scores
    ]


def public_digests(findings: Iterable[Finding]) -> set[str]:
    """Digests among the findings whose bytes anybody may open."""
    asked = {finding.evidence for finding in findings}
    asked |= {place.evidence for finding in findings for place in finding.places[:SHOWN_PLACES]}
    asked.discard("")
    found = Snapshot.objects.public().filter(sha256__in=asked)
    return set(found.values_list("sha256", flat=True))


def _judged(
    criterion: Criterion, score: chain.CriterionScore, by_rule: dict[str, list[Found]]
) -> Judged:
    stated = by_rule.get(STATED + criterion.code, []) if score.stated else []
    values = {value.code: value for value in score.indicators}
    return Judged(
        code=criterion.code,
        title=say_phrase(criterion.title),
        points=score.points,
        maximum=score.max_points,
        percent=percent_of(score.points, score.max_points),
        stated=stated[0] if stated else None,
        why=str(REASONS.get(score.why, "")),
        note=say_phrase(criterion.note) if criterion.note else "",
        indicators=[
            _measured(indicator, values[indicator.code], by_rule)
            for indicator in criterion.indicators
            if indicator.code in values
        ],
    )


def _measured(
    indicator: Indicator, value: chain.IndicatorValue, by_rule: dict[str, list[Found]]
) -> Measured:
    return Measured(
        code=indicator.code,
        title=say_phrase(indicator.title),
        points=value.points,
        maximum=value.max_points,
        why=str(REASONS.get(value.why, "")),
        findings=[found for rule in indicator.asked for found in by_rule.get(rule, [])],
    )


def _found(finding: Finding, public: set[str]) -> Found:
    rule = rule_text(finding.rule)
    where = finding.places[0].where if len(finding.places) == 1 else ""
    return Found(
        rule=rule,
        outcome=finding.outcome.value,
        value=finding.value,
        good=finding.count.good if finding.count else None,
        of=finding.count.of if finding.count else None,
        spots=[_spot(place, finding, rule, public) for place in finding.places[:SHOWN_PLACES]],
        more=finding.more + max(len(finding.places) - SHOWN_PLACES, 0),
        href=_evidence(finding.evidence, public, where),
        sha256=finding.evidence,
        note=rule.say_note(finding.note),
    )


def _spot(place: chain.Place, finding: Finding, rule: RuleText, public: set[str]) -> Spot:
    return Spot(
        where=say_place(place.where),
        saw=place.saw,
        address=place.address,
        href=_evidence(place.evidence or finding.evidence, public, place.where),
        note=rule.say_note(place.note),
    )


def item_title(item: str, method: Methodology) -> str:
    """What an objection speaks of: a criterion, an indicator or a rule."""
    titles = {criterion.code: criterion.title for criterion in method.criteria}
    titles |= {indicator.code: indicator.title for indicator in method.indicators}
    return say_phrase(titles[item]) if item in titles else rule_text(item).title or item


def _evidence(sha256: str, public: set[str], where: str) -> str:
    if sha256 not in public:
        return ""
    place = f"?{urlencode({'place': where})}" if where else ""
    return reverse("evidence:snapshot", args=[sha256]) + place
