"""What the section measures of a body's dialogue, and tells the evaluation of it."""

from dataclasses import asdict, dataclass
from datetime import date

import msgspec
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn.chain import Count, Finding, Outcome, Place
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep
from aiqyn_portal.sections.dialogue.queries import periods
from aiqyn_portal.sections.dialogue.queries.periods import Asked, Period

QUALITY, SATISFIED, MEETINGS, ANSWERED, MARKS = "H108", "H109", "H110", "H116", "H117"
MOST_PLACES = 50  # of one finding
MOSTLY = (1, 2)  # the share from which something is met in part


@dataclass(frozen=True)
class Measure:
    """Something good in so many of so many cases."""

    code: str
    title: StrOrPromise
    good: int
    of: int

    @property
    def percent(self) -> float:
        return 100 * self.good / self.of


def measures(body: Body, *, since: date, until: date) -> list[Measure]:
    """Every measure that has something to speak of."""
    found = periods.of_body(body, since=since, until=until)
    due = [each for each in found.asked if each.was_due(until)]
    happy = sum(each.satisfaction >= periods.SATISFIED for each in found.marked)
    unhappy = sum(each.satisfaction <= periods.DISSATISFIED for each in found.marked)
    not_answered = sum(each.said == "not" for each in found.marked)
    marks = len(found.marked)
    rows = (
        ("in_time", _("Answered in time"), sum(each.is_in_time for each in due), len(due)),
        ("satisfied", _("Askers satisfied with the answer"), happy, marks),
        ("dissatisfied", _("Askers dissatisfied with the answer"), unhappy, marks),
        ("not_answered", _("Answers marked “not answered”"), not_answered, marks),
        (
            "own_words",
            _("Answers to the point, no template"),
            found.answers - found.templates,
            found.answers,
        ),
        (
            "announced",
            _("Conferences announced in time"),
            sum(each.in_time for each in found.met),
            len(found.met),
        ),
        (
            "kept",
            _("Promises kept by their day"),
            sum(each.is_kept for each in found.promised),
            len(found.promised),
        ),
    )
    return [Measure(*row) for row in rows if row[3]]


def findings(body: Body, *, since: date, until: date) -> list[Finding]:
    """What the methodologies ask of open dialogue; nothing where there was none."""
    found = periods.of_body(body, since=since, until=until)
    if found.is_empty:
        return []
    evidence = _record(body, since, until, found)
    told = [_meetings(found, evidence)] if found.met else []
    due = [each for each in found.asked if each.was_due(until)]
    if due:
        told.append(_answered(due, evidence))
    if found.answers:
        own = found.answers - found.templates
        told.append(_graded(QUALITY, own, found.answers, evidence))
    if found.marked:
        happy = sum(each.satisfaction >= periods.SATISFIED for each in found.marked)
        told.append(_graded(SATISFIED, happy, len(found.marked), evidence))
        told.append(_graded(MARKS, happy, len(found.marked), evidence))
    return told


def _meetings(found: Period, evidence: str) -> Finding:
    count = Count(good=len(found.met), of=len(found.met))
    return Finding(rule=MEETINGS, outcome=Outcome.PASSED, evidence=evidence, count=count)


def _answered(due: list[Asked], evidence: str) -> Finding:
    late = [each for each in due if not each.is_in_time]
    places = tuple(
        Place(where=f"№ {each.number}", saw=str(each.due or ""), evidence=evidence)
        for each in late[:MOST_PLACES]
    )
    return Finding(
        rule=ANSWERED,
        outcome=Outcome.FAILED if late else Outcome.PASSED,
        evidence=evidence,
        places=places,
        more=max(0, len(late) - MOST_PLACES),
        count=Count(good=len(due) - len(late), of=len(due)),
    )


def _graded(rule: str, good: int, of: int, evidence: str) -> Finding:
    """All good: passed; half or more: partly; else failed."""
    part, whole = MOSTLY
    if good == of:
        outcome = Outcome.PASSED
    else:
        outcome = Outcome.PARTLY if good * whole >= of * part else Outcome.FAILED
    return Finding(rule=rule, outcome=outcome, evidence=evidence, count=Count(good=good, of=of))


def _record(body: Body, since: date, until: date, found: Period) -> str:
    """Keep what the findings rest on; return its digest. Nobody is named in it."""
    said = {"body": body.code, "since": since, "until": until, **asdict(found)}
    seen = keep(
        msgspec.json.encode(said, order="sorted"),
        body=body,
        origin=Snapshot.Origin.SECTION,
        address=f"{settings.PUBLIC_ADDRESS}/dialogue/{body.code}#{since}/{until}",
        taken_at=timezone.now(),
        media_type="application/json",
    )
    return seen.sha256
