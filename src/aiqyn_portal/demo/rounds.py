"""Two rounds over the example bodies: one published to the end, one to try one's hand at.

The days are written down here, because the example sites are judged on a day of their own.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from aiqyn.chain import Outcome
from aiqyn.scoring.methodology import methodology
from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evaluation.actions import (
    Judgement,
    RoundPlan,
    answer,
    open_round,
    publish,
    send_to_bodies,
)
from aiqyn_portal.evaluation.models import Entry, Round
from aiqyn_portal.evaluation.queries import standing_of

METHODOLOGY = "aiqyn-site-2025"
SINCE, UNTIL = date(2025, 1, 1), date(2025, 11, 30)
PUBLISHED, TO_TRY = "example-2025", "example-2025-try"
TITLES = {
    PUBLISHED: Phrase(
        kk="Үлгі: екі сайтты бағалау, 2025 жыл",
        ru="Пример: оценка двух сайтов, 2025 год",
        en="Example: two sites rated, 2025",
    ),
    TO_TRY: Phrase(
        kk="Үлгі: аяқталмаған бағалау, 2025 жыл",
        ru="Пример: незавершённая оценка, 2025 год",
        en="Example: a rating under way, 2025",
    ),
}
REASON = "Үлгі жауап: бет қаралды, бағалаушының қорытындысы осы."


@dataclass(frozen=True)
class Days:
    """When each step of a round was taken."""

    opened: date
    shown: date
    objections_until: date
    published: date


DAYS = Days(date(2025, 12, 1), date(2025, 12, 8), date(2025, 12, 15), date(2025, 12, 17))


def load_rounds(evaluator: User) -> None:
    """Create both rounds, once."""
    if Round.objects.filter(code__in=TITLES).exists():
        return
    bodies = list(Body.objects.filter(is_example=True, audits__isnull=False).distinct())
    _publish_example(_open(PUBLISHED, bodies, evaluator), evaluator)
    _open(TO_TRY, bodies, evaluator)


def _open(code: str, bodies: list[Body], evaluator: User) -> Round:
    plan = RoundPlan(
        code=code,
        title=TITLES[code],
        methodology=METHODOLOGY,
        since=SINCE,
        until=UNTIL,
        bodies=bodies,
        is_example=True,
    )
    return open_round(plan, by=evaluator, at=_noon(DAYS.opened))


def _publish_example(round_: Round, evaluator: User) -> None:
    for entry in round_.entries.select_related("body", "round"):
        _answer_open_questions(entry, evaluator)
    send_to_bodies(
        round_,
        objections_until=DAYS.objections_until,
        by=evaluator,
        at=_noon(DAYS.shown),
    )
    publish(round_, by=evaluator, at=_noon(DAYS.published))


def _answer_open_questions(entry: Entry, evaluator: User) -> None:
    is_good = entry.body.code.endswith("good")
    outcome = Outcome.PASSED if is_good else Outcome.FAILED
    # An invented body has no address of its own: the one its site was audited at.
    seen_at = entry.body.audits.counting()[0].start
    for rule in standing_of(entry, methodology(METHODOLOGY)).open_rules:
        judgement = Judgement(rule=rule, outcome=outcome, reason=REASON, link=seen_at)
        answer(entry, judgement, by=evaluator, at=_noon(DAYS.opened))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())
