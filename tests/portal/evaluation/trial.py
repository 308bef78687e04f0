"""What a trial round is made of: dates, a plan, stated figures."""

from datetime import UTC, date, datetime
from decimal import Decimal

from aiqyn.chain import Outcome
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation import actions

AT = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
DEADLINE = date(2026, 11, 27)
AFTER = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)
CRITERIA = ("open_data", "open_budgets", "open_npa", "open_dialogue", "internet_resource")
TITLE = Phrase(kk="2020 жылғы бағалау", ru="Оценка за 2020 год", en="Evaluation of 2020")


def plan(*bodies: Body, **changes: object) -> actions.RoundPlan:
    given: dict[str, object] = {
        "code": "trial-2020",
        "title": TITLE,
        "methodology": "kz-openness-2020",
        "since": date(2020, 1, 1),
        "until": date(2020, 12, 31),
        "bodies": list(bodies),
    }
    return actions.RoundPlan(**(given | changes))  # type: ignore[arg-type]


def figure(criterion: str, stated: str, **changes: object) -> actions.Judgement:
    given: dict[str, object] = {
        "rule": f"stated:{criterion}",
        "outcome": Outcome.PASSED,
        "value": Decimal(stated),
        "reason": "Әдістеме бойынша комиссия хаттамасы",
        "link": "https://example.kz/protocol",
    }
    return actions.Judgement(**(given | changes))  # type: ignore[arg-type]
