"""What would raise a score most."""

from decimal import Decimal
from typing import NamedTuple

from aiqyn import chain
from aiqyn.scoring.engine import recommend
from aiqyn.scoring.methodology import Methodology
from aiqyn_portal.base.formats import say_phrase
from aiqyn_portal.reports.rule_texts import RuleText, rule_text

SHOWN = 10


class Raise(NamedTuple):
    """One repair and the points it would add; without a rule: the gap of a published criterion."""

    gain: Decimal
    criterion: str
    rule: RuleText | None


def what_would_raise(tree: chain.Rating, method: Methodology) -> list[Raise]:
    """Repairs by rule where findings are ours, gaps by criterion where figures were published."""
    homes = {
        indicator.code: say_phrase(criterion.title)
        for criterion in method.criteria
        for indicator in criterion.indicators
    }
    found = [
        Raise(advice.gain, homes.get(advice.indicator, ""), rule_text(advice.rule))
        for advice in recommend(tree, method)
        if not advice.rule.startswith("stated:")
    ]
    titles = {criterion.code: say_phrase(criterion.title) for criterion in method.criteria}
    found += [
        Raise(score.max_points - score.points, titles.get(score.code, score.code), None)
        for score in tree.criteria
        if score.stated and score.points is not None and score.max_points is not None
    ]
    worthwhile = [advice for advice in found if advice.gain > 0]
    return sorted(worthwhile, key=lambda advice: -advice.gain)[:SHOWN]
