"""A result in the words of its methodology and rules, ready for a page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from django.utils.translation import gettext

from aiqyn import chain, rules
from aiqyn.chain import Finding, Outcome, Place
from aiqyn.scoring.engine import recommend
from aiqyn.scoring.methodology import Criterion, Indicator, Methodology
from aiqyn.scoring.tally import STATED
from aiqyn.text import Text
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.evaluation.models import Answer
from aiqyn_portal.evaluation.standing import ANSWER, asked_of

NO_TEXT = Text({})


class RuleLine(NamedTuple):
    """One rule of one body: what it asks, what was found, who decided."""

    code: str
    title: Text
    why: Text
    fix: Text
    finding: Finding | None  # the one that counts
    note: Text  # why the machine cannot tell
    places: list[tuple[Place, Text]]
    said: Place | None  # the reason and the link of the person who decided
    replaced: list[Finding]  # what the machine had found before a person decided
    answer: Answer | None
    is_open: bool

    @property
    def is_figure(self) -> bool:
        return self.code.startswith(STATED)

    @property
    def has_value(self) -> bool:
        return self.finding is not None and self.finding.value is not None


class IndicatorLine(NamedTuple):
    indicator: Indicator
    value: chain.IndicatorValue
    rules: list[RuleLine]


class CriterionLine(NamedTuple):
    criterion: Criterion
    score: chain.CriterionScore
    figure: RuleLine | None  # the stated figure of the whole criterion, or the question for it
    indicators: list[IndicatorLine]


class Advice(NamedTuple):
    """One repair and what it is worth."""

    recommendation: chain.Recommendation
    title: Text
    fix: Text


class Wording:
    """Titles and remedies of every rule a methodology asks about."""

    def __init__(self, method: Methodology) -> None:
        self.method = method
        self._rules = rules.load()
        self._figures = {STATED + c.code: c.title for c in method.criteria}
        self._indicators = {
            rule: indicator.title for indicator in method.indicators for rule in indicator.asked
        }

    def title(self, code: str) -> Text:
        """The rule's own title; the indicator's when the catalogue has no such rule."""
        if code in self._figures:
            return self._figures[code]
        rule = self._rules.get(code)
        return rule.text.title if rule else self._indicators.get(code, NO_TEXT)

    def why(self, code: str) -> Text:
        rule = self._rules.get(code)
        return rule.text.why if rule else NO_TEXT

    def fix(self, code: str) -> Text:
        rule = self._rules.get(code)
        return rule.text.fix if rule else NO_TEXT

    def note(self, code: str, key: str) -> Text:
        rule = self._rules.get(code)
        return rule.text.notes.get(key, NO_TEXT) if rule else NO_TEXT


def breakdown(
    wording: Wording,
    rating: chain.Rating,
    findings: Iterable[Finding],
    *,
    replaced: Iterable[Finding] = (),
    answers: Mapping[str, Answer] | None = None,
) -> list[CriterionLine]:
    """The rating, criterion by criterion, with every finding beside its rule."""
    found = {finding.rule: finding for finding in findings}
    before: dict[str, list[Finding]] = {}
    for finding in replaced:
        before.setdefault(finding.rule, []).append(finding)

    def line(code: str) -> RuleLine:
        return _rule_line(wording, code, found.get(code), before.get(code, []), answers or {})

    return [
        CriterionLine(
            criterion=criterion,
            score=score,
            figure=_figure(criterion, found, line),
            indicators=[
                IndicatorLine(indicator, value, [line(code) for code in indicator.asked])
                for indicator, value in zip(criterion.indicators, score.indicators, strict=False)
                if not score.stated
            ],
        )
        for criterion, score in zip(wording.method.criteria, rating.criteria, strict=True)
    ]


def _figure(
    criterion: Criterion, found: Mapping[str, Finding], line: Callable[[str], RuleLine]
) -> RuleLine | None:
    code = STATED + criterion.code
    return line(code) if code in found or asked_of(criterion) == [code] else None


def _rule_line(
    wording: Wording,
    code: str,
    finding: Finding | None,
    replaced: list[Finding],
    answers: Mapping[str, Answer],
) -> RuleLine:
    places = finding.places if finding else ()
    return RuleLine(
        code=code,
        title=wording.title(code),
        why=wording.why(code),
        fix=wording.fix(code),
        finding=finding,
        note=wording.note(code, finding.note) if finding else NO_TEXT,
        places=[(p, wording.note(code, p.note)) for p in places if p.where != ANSWER],
        said=next((place for place in places if place.where == ANSWER), None),
        replaced=replaced,
        answer=answers.get(code),
        is_open=finding is None or finding.outcome is Outcome.CANNOT_TELL,
    )


def advice(wording: Wording, rating: chain.Rating) -> list[Advice]:
    """What raises the result most, best first."""
    return [
        Advice(item, wording.title(item.rule), wording.fix(item.rule))
        for item in recommend(rating, wording.method)
    ]


def item_title(method: Methodology, item: str) -> Text:
    """The words for what an objection names: a criterion, an indicator or a rule."""
    titles = {criterion.code: criterion.title for criterion in method.criteria}
    titles |= {indicator.code: indicator.title for indicator in method.indicators}
    return titles.get(item) or Wording(method).title(item)


def item_choices(wording: Wording) -> list[tuple[str, list[tuple[str, str]]]]:
    """What an officer may object to, by criterion: itself, its indicators, their rules."""
    return [
        (say_phrase(criterion.title), list(_items_of(wording, criterion)))
        for criterion in wording.method.criteria
    ]


def _items_of(wording: Wording, criterion: Criterion) -> Iterator[tuple[str, str]]:
    yield criterion.code, gettext("The whole criterion")
    for indicator in criterion.indicators:
        yield indicator.code, f"{indicator.code}. {say_phrase(indicator.title)}"
        for code in indicator.asked:
            yield code, f"{code}. {say_phrase(wording.title(code))}"
