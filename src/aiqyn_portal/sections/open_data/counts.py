"""What the section tells the evaluation of a body: rules of the criterion "open data".

Everything is told as it stood at the end of the last day of the period, from rows that keep
their dates; the record it is told from is kept as evidence.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

import msgspec
from django.conf import settings
from django.utils import timezone

from aiqyn.chain import Count, Finding, Outcome, Place
from aiqyn.text import Text, say
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep
from aiqyn_portal.sections.open_data import addresses
from aiqyn_portal.sections.open_data.deadlines import next_due
from aiqyn_portal.sections.open_data.models import Dataset, Survey, Version

APPROVED, FRESH, DEMAND = "H113", "H114", "H102"
MOST_PLACES = 50  # of one finding
STARS = ("H131", "H132", "H133", "H134", "H135")  # the first to the fifth


@dataclass(frozen=True, slots=True)
class Stood:
    """A set that was offered on the last day of the period."""

    name: str
    title: str
    address: str
    version: int
    released: date
    due: date | None
    stars: int


@dataclass(frozen=True, slots=True)
class Promised:
    """A line of the approved list whose day had come."""

    title: str
    due: date | None
    kept_by: str  # name of the set; "" when nothing fulfilled it


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A survey of the demand for data that ran in the period."""

    title: str
    opens_on: date
    closes_on: date
    published: date | None  # its results; None when they were not out on the last day
    asked: int
    unanswered: tuple[str, ...]  # requests without an answer on the last day


def findings(body: Body, *, since: date, until: date) -> list[Finding]:
    """One finding per rule that the section can answer; nothing where it knows nothing."""
    sets = list(_stood(body, until))
    promised = _promised(body, until, {each.name for each in sets})
    surveys = _surveys(body, since, until)
    if not sets and not promised and not surveys:
        return []
    evidence = _record(body, until, sets, promised, surveys)
    found = []
    if surveys:
        found.append(_demand(surveys, evidence))
    if promised:
        found.append(_kept(promised, evidence))
    if sets:
        found += _of_sets(sets, until, evidence)
    return found


def _stood(body: Body, until: date) -> Iterable[Stood]:
    rows = body.datasets.filter(state__in=Dataset.PUBLIC).prefetch_related("versions")
    for row in rows.order_by("name"):
        if row.withdrawn_at and _day(row.withdrawn_at) <= until:
            continue
        version = _version_on(row, until)
        if version is None or version.released_at is None:
            continue
        released = _day(version.released_at)
        yield Stood(
            name=row.name,
            title=say(Text(row.title), "kk"),
            address=settings.PUBLIC_ADDRESS + addresses.of_set(row),
            version=version.number,
            released=released,
            due=next_due(row.frequency, released),
            stars=version.stars,
        )


def _version_on(row: Dataset, day: date) -> Version | None:
    out = [
        each for each in row.versions.all() if each.released_at and _day(each.released_at) <= day
    ]
    return max(out, key=lambda each: each.number, default=None)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _promised(body: Body, until: date, offered: set[str]) -> list[Promised]:
    lines = []
    for line in body.approved_data.select_related("dataset"):
        name = line.dataset.name if line.dataset else ""
        kept_by = name if name in offered else ""
        if kept_by or line.due is None or line.due <= until:
            lines.append(Promised(say(Text(line.title), "kk"), line.due, kept_by))
    return lines


def _surveys(body: Body, since: date, until: date) -> list[Surveyed]:
    ran = body.data_surveys.filter(opens_on__lte=until, closes_on__gte=since).order_by("opens_on")
    return [_surveyed(row, until) for row in ran]


def _surveyed(row: Survey, until: date) -> Surveyed:
    published = _day(row.published_at) if row.published_at else None
    asked = list(row.requests().select_related("contribution").order_by("pk"))
    return Surveyed(
        title=say(Text(row.title), "kk"),
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        published=published if published and published <= until else None,
        asked=len(asked),
        unanswered=tuple(
            each.title or str(each) for each in asked if _waits(each.contribution, until)
        ),
    )


def _waits(asked: Contribution, until: date) -> bool:
    """Whether it had no answer yet on the last day."""
    return not asked.decided_at or _day(asked.decided_at) > until


def _demand(surveys: list[Surveyed], evidence: str) -> Finding:
    """In full: a survey whose results are out and whose requests are answered; else in part."""
    is_full = any(each.published and not each.unanswered for each in surveys)
    places = [
        Place(where=each.title, saw=title, evidence=evidence)
        for each in surveys
        for title in each.unanswered or ([] if each.published else [""])
    ]
    return Finding(
        rule=DEMAND,
        outcome=Outcome.PASSED if is_full else Outcome.PARTLY,
        evidence=evidence,
        places=() if is_full else tuple(places[:MOST_PLACES]),
        more=0 if is_full else max(0, len(places) - MOST_PLACES),
    )


def _record(
    body: Body,
    until: date,
    sets: list[Stood],
    promised: list[Promised],
    surveys: list[Surveyed],
) -> str:
    """Keep what the findings rest on; return its digest."""
    said = {
        "body": body.code,
        "until": until,
        "sets": [asdict(each) for each in sets],
        "approved": [asdict(each) for each in promised],
        "surveys": [asdict(each) for each in surveys],
    }
    seen = keep(
        msgspec.json.encode(said, order="sorted"),
        body=body,
        origin=Snapshot.Origin.SECTION,
        address=f"{settings.PUBLIC_ADDRESS}/open-data/{body.code}#{until}",
        taken_at=timezone.now(),
        media_type="application/json",
    )
    return seen.sha256


def _kept(promised: list[Promised], evidence: str) -> Finding:
    broken = tuple(
        Place(where=each.title, saw=str(each.due or ""), evidence=evidence)
        for each in promised
        if not each.kept_by
    )
    return _finding(APPROVED, broken, of=len(promised), evidence=evidence)


def _of_sets(sets: list[Stood], until: date, evidence: str) -> list[Finding]:
    termed = [each for each in sets if each.due is not None]
    found = []
    if termed:
        late = _places([each for each in termed if (each.due or until) < until], evidence)
        found.append(_finding(FRESH, late, of=len(termed), evidence=evidence))
    for star, rule in enumerate(STARS, start=1):
        lacking = _places([each for each in sets if each.stars < star], evidence)
        found.append(_finding(rule, lacking, of=len(sets), evidence=evidence))
    return found


def _places(sets: list[Stood], evidence: str) -> tuple[Place, ...]:
    return tuple(
        Place(where=each.title, saw=f"{each.stars}★", address=each.address, evidence=evidence)
        for each in sets
    )


def _finding(rule: str, broken: tuple[Place, ...], *, of: int, evidence: str) -> Finding:
    return Finding(
        rule=rule,
        outcome=Outcome.FAILED if broken else Outcome.PASSED,
        evidence=evidence,
        places=broken,
        count=Count(good=of - len(broken), of=of),
    )
