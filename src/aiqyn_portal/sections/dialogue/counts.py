"""What the section measures of a body's dialogue, and tells the evaluation of it."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from msgspec.structs import replace

from aiqyn.chain import Finding, Outcome
from aiqyn.text import Text, say
from aiqyn_portal.base.formats import say_number
from aiqyn_portal.base.measuring import Measure, Short, graded
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep
from aiqyn_portal.sections.dialogue.queries import periods
from aiqyn_portal.sections.dialogue.queries.periods import Asked, Marked, Period

SOON, BEARABLE = 7, 21  # calendar days the median may be: in full, in part
OWN_WORDS, SATISFIED = "H155", "H117"  # of rules
# what the official methodology names and does not define: told by the nearest measure of ours
NAMED = {OWN_WORDS: "H108", SATISFIED: "H109"}


def measures(body: Body, *, since: date, until: date) -> list[Measure]:
    """Every measure that has something to speak of."""
    return _measured(periods.of_body(body, since=since, until=until), until)


def findings(body: Body, *, since: date, until: date) -> list[Finding]:
    """What the methodologies ask of open dialogue; nothing where there was none."""
    found = periods.of_body(body, since=since, until=until)
    if found.is_empty:
        return []
    evidence = _record(body, since, until, found)
    measured = _measured(found, until)
    told = [each.finding(evidence) for each in measured]
    named = [
        replace(each.finding(evidence), rule=NAMED[each.code], outcome=graded(each.good, each.of))
        for each in measured
        if each.code in NAMED
    ]
    return [*told, *named]


def _measured(found: Period, until: date) -> list[Measure]:
    return [
        *_of_answers(found, until),
        *_of_marks(found.marked),
        *_counted(
            OWN_WORDS, [(each, not each.is_template) for each in found.answers], _of_question
        ),
        *_of_conferences(found),
        *_counted("H157", [(each, each.is_kept) for each in found.promised], _of_promise),
    ]


def _of_answers(found: Period, until: date) -> Iterable[Measure]:
    due = [each for each in found.asked if each.was_due(until)]
    yield from _counted("H151", [(each, each.is_in_time) for each in due], _of_question)
    yield from _counted("H116", [(each, each.answered is not None) for each in due], _of_question)
    answered = [each for each in found.asked if each.answered]
    days = found.median_days
    if days is not None:
        soon = [(each, each.days <= SOON) for each in answered]
        yield from _counted("H152", soon, _of_question, **_median(days))
    not_again = [(each, each.reopened is None) for each in answered]
    yield from _counted("H154", not_again, _of_question)


def _median(days: float) -> dict[str, Any]:
    late = Outcome.PARTLY if days <= BEARABLE else Outcome.FAILED
    number = Decimal(str(days))
    said = _("Median, in calendar days: %(days)s.") % {"days": say_number(number)}
    return {"value": number, "said": said, "outcome": Outcome.PASSED if days <= SOON else late}


def _of_marks(marked: Iterable[Marked]) -> Iterable[Measure]:
    happy = [(each, each.satisfaction >= periods.SATISFIED) for each in marked]
    yield from _counted(SATISFIED, happy, _of_question)
    calm = [(each, each.satisfaction > periods.DISSATISFIED) for each in marked]
    yield from _counted("H153", calm, _of_question)


def _of_conferences(found: Period) -> Iterable[Measure]:
    yield from _counted("H110", [(each, True) for each in found.met], _of_conference)
    yield from _counted("H156", [(each, each.in_time) for each in found.met], _of_conference)


def _counted(code: str, rows: list[tuple[Any, bool]], short: Any, **more: Any) -> Iterable[Measure]:
    """One measure over rows that are good or not; none where there are no rows."""
    if rows:
        bad = tuple(short(row) for row, is_good in rows if not is_good)
        yield Measure(code=code, good=len(rows) - len(bad), of=len(rows), short=bad, **more)


def _of_question(row: Any) -> Short:
    saw = f"{row.satisfaction} / 5" if isinstance(row, Marked) else ""
    if isinstance(row, Asked):
        days = (row.asked, row.answered)
        saw = " – ".join(f"{day:%d.%m.%Y}" if day else "…" for day in days)
    return Short(where=f"№ {row.number}", saw=saw, **_at("question", row.number))


def _of_conference(row: periods.Met) -> Short:
    return Short(where=row.slug, saw=f"{row.day:%d.%m.%Y}", **_at("conference", row.slug))


def _of_promise(row: periods.Promised) -> Short:
    return Short(
        where=say(Text(row.text), "kk"),
        saw=f"{row.due:%d.%m.%Y}",
        title=Text(row.text),
        **_at("commitment", row.key),
    )


def _at(page: str, key: str | int) -> dict[str, Any]:
    """The public page; its address in Kazakh, for a finding is the same whoever gathers it."""
    view = f"dialogue:{page}"
    with override("kk"):
        address = settings.PUBLIC_ADDRESS + reverse(view, args=(key,))
    return {"address": address, "page": (view, key)}


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
