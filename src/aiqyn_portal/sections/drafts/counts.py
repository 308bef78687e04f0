"""What the section measures of a body's discussions, and tells the evaluation of it.

Counted over discussions whose last day for comments lies in the period; told as things stood
at the end of it, from rows that keep their dates. What it is told from is kept as evidence.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from aiqyn.chain import Finding, Outcome
from aiqyn.text import Text, say
from aiqyn_portal.base.formats import say_number
from aiqyn_portal.base.measuring import Measure, Short
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep
from aiqyn_portal.sections.drafts.queries import periods
from aiqyn_portal.sections.drafts.queries.periods import Held

TO_INVITE = 2  # channels beside the portal that count as inviting people in full
MANY = 10  # people who make a discussion one of many
NOTICE, INVITED, TAKEN, PEOPLE = "H106", "H107", "H115", "H143"  # of rules


@dataclass(frozen=True)
class _Claim:
    """A rule: what of a discussion it counts, and how much of that is good."""

    code: str
    good: Callable[[Held], int]
    of: Callable[[Held], int] = lambda held: 1


CLAIMS = (
    _Claim(NOTICE, lambda held: held.is_noticed),
    _Claim("H141", lambda held: held.keeps_term),
    _Claim("H148", lambda held: held.is_in_both),
    _Claim("H147", lambda held: not held.was_misplaced),
    _Claim(INVITED, lambda held: held.channels >= TO_INVITE),
    _Claim("H142", lambda held: held.comments > 0),
    _Claim(PEOPLE, lambda held: held.people >= MANY),
    _Claim(TAKEN, lambda held: held.taken, lambda held: held.decided),
    _Claim("H144", lambda held: held.reasoned, lambda held: held.decided),
    _Claim("H145", lambda held: held.own, lambda held: held.decided),
    _Claim("H146", lambda held: held.is_reported, lambda held: held.report_is_due),
    _Claim("H119", lambda held: held.told, lambda held: held.is_repeated),
)


def measures(body: Body, *, since: date, until: date) -> list[Measure]:
    """Every measure that has something to speak of."""
    return _measured(periods.of_body(body, since=since, until=until))


def findings(body: Body, *, since: date, until: date) -> list[Finding]:
    """What the methodologies ask of open legal acts; nothing where nothing was discussed."""
    held = periods.of_body(body, since=since, until=until)
    if not held:
        return []
    evidence = _record(body, since, until, held)
    return [each.finding(evidence) for each in _measured(held)]


def _measured(held: list[Held]) -> list[Measure]:
    spoken = [(claim, [each for each in held if claim.of(each)]) for claim in CLAIMS]
    return [_measure(claim, rows) for claim, rows in spoken if rows]


def _measure(claim: _Claim, held: list[Held]) -> Measure:
    good, of = sum(map(claim.good, held)), sum(map(claim.of, held))
    # nobody owes it to accept everything: short is a discussion where nothing was
    enough = (lambda row: 1) if claim.code == TAKEN else claim.of
    return Measure(
        code=claim.code,
        good=good,
        of=of,
        short=tuple(_short(claim, row) for row in held if claim.good(row) < enough(row)),
        outcome=_outcome(claim.code, good, of, held),
        **(_people(held) if claim.code == PEOPLE else {}),
    )


def _outcome(code: str, good: int, of: int, held: list[Held]) -> Outcome | None:
    """Where an outcome is not simply "all of them"."""
    if code == TAKEN:
        return Outcome.PASSED if good else Outcome.FAILED
    if code == INVITED and good < of and any(each.channels for each in held):
        return Outcome.PARTLY
    return None


def _people(held: list[Held]) -> dict[str, Any]:
    """How many took part in a discussion on average, and how that is said."""
    mean = (Decimal(sum(each.people for each in held)) / len(held)).quantize(Decimal("0.1"))
    said = _("People in a discussion on average: %(people)s.") % {"people": say_number(mean)}
    return {"value": mean, "said": said}


def _short(claim: _Claim, held: Held) -> Short:
    good, of = claim.good(held), claim.of(held)
    days = f"{held.opens_on:%d.%m.%Y} – {held.closes_on:%d.%m.%Y}"
    return Short(
        where=say(Text(held.title), "kk"),
        saw=f"{good} / {of}" if of > 1 else days,
        address=held.address,
        title=Text(held.title),
        page=("drafts:draft", held.draft),
    )


def _record(body: Body, since: date, until: date, held: list[Held]) -> str:
    """Keep what the findings rest on; return its digest."""
    told = {"body": body.code, "since": since, "until": until, "discussions": held}
    seen = keep(
        msgspec.json.encode(told, order="sorted"),
        body=body,
        origin=Snapshot.Origin.SECTION,
        address=f"{settings.PUBLIC_ADDRESS}/drafts/{body.code}#{since}/{until}",
        taken_at=timezone.now(),
        media_type="application/json",
    )
    return seen.sha256
