"""What the section measures of a body's discussions, and tells the evaluation of it.

Counted over discussions whose last day for comments, or whose report's day, lies in the period;
told as things stood at the end of it, from rows that keep their dates. What it is told from is
kept as evidence.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import msgspec
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aiqyn.chain import Count, Finding, Outcome, Place
from aiqyn.text import Text, say
from aiqyn_portal.base.promises import StrOrPromise
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import keep
from aiqyn_portal.sections.drafts.queries import periods
from aiqyn_portal.sections.drafts.queries.periods import Held

NOTICE, INVITED, TOLD, TAKEN = "H106", "H107", "H119", "H115"
TO_INVITE = 2  # channels beside the portal that count as inviting people in full


@dataclass(frozen=True)
class Measure:
    """Something kept in so many of so many discussions, drafts or comments."""

    code: str
    title: StrOrPromise
    good: int
    of: int


@dataclass(frozen=True)
class _Claim:
    """A measure of discussions: which of them it speaks of, and what it asks of each."""

    code: str
    title: StrOrPromise
    asked: Callable[[Held], bool]
    kept: Callable[[Held], bool]


CLAIMS = (
    _Claim(
        "notice",
        _("Notice given no later than the first day"),
        lambda h: True,
        lambda h: h.is_noticed,
    ),
    _Claim("term", _("Legal term kept"), lambda h: True, lambda h: h.keeps_term),
    _Claim(
        "languages", _("Both languages from the first day"), lambda h: True, lambda h: h.is_in_both
    ),
    _Claim("discussed", _("Drafts with comments"), lambda h: True, lambda h: h.comments > 0),
    _Claim(
        "category",
        _("Category right from the start"),
        lambda h: True,
        lambda h: not h.was_misplaced,
    ),
    _Claim(
        "invited", _("People invited in other places too"), lambda h: True, lambda h: h.channels > 0
    ),
    _Claim(
        "report", _("Report published in time"), lambda h: h.report_is_due, lambda h: h.is_reported
    ),
    _Claim(
        "told",
        _("Commenters told of a repeated discussion"),
        lambda h: h.is_repeated,
        lambda h: h.told,
    ),
)


def measures(body: Body, *, since: date, until: date) -> list[Measure]:
    """Every measure that has something to speak of."""
    held = periods.of_body(body, since=since, until=until)
    found = []
    for claim in CLAIMS:
        asked = [each for each in held if claim.asked(each)]
        if asked:
            found.append(Measure(claim.code, claim.title, sum(map(claim.kept, asked)), len(asked)))
    return [*found, *_of_comments(held)]


def _of_comments(held: list[Held]) -> list[Measure]:
    decided = sum(each.decided for each in held)
    if not decided:
        return []
    rows = (
        ("taken", _("Comments accepted, wholly or in part"), sum(each.taken for each in held)),
        ("reasoned", _("Decisions explained in both languages"), sum(e.reasoned for e in held)),
        ("own_words", _("Decisions in words of their own, no template"), sum(e.own for e in held)),
    )
    return [Measure(code, title, good, decided) for code, title, good in rows]


def findings(body: Body, *, since: date, until: date) -> list[Finding]:
    """What the methodologies ask of open legal acts; nothing where nothing was discussed."""
    held = periods.of_body(body, since=since, until=until)
    if not held:
        return []
    evidence = _record(body, since, until, held)
    found = [
        _of_claim(NOTICE, held, lambda h: h.is_noticed and h.keeps_term, evidence),
        _invited(held, evidence),
    ]
    repeated = [each for each in held if each.is_repeated]
    if repeated:
        found.append(_of_claim(TOLD, repeated, lambda h: h.told, evidence))
    decided = sum(each.decided for each in held)
    if decided:
        taken = sum(each.taken for each in held)
        outcome = Outcome.PASSED if taken else Outcome.FAILED
        count = Count(good=taken, of=decided)
        found.append(Finding(rule=TAKEN, outcome=outcome, evidence=evidence, count=count))
    return found


def _invited(held: list[Held], evidence: str) -> Finding:
    """Told of on several channels: passed; on one for some: partly."""
    if all(each.channels >= TO_INVITE for each in held):
        outcome = Outcome.PASSED
    else:
        outcome = Outcome.PARTLY if any(each.channels for each in held) else Outcome.FAILED
    poor = [each for each in held if each.channels < TO_INVITE]
    places = tuple(_place(each, evidence) for each in poor)
    return Finding(rule=INVITED, outcome=outcome, evidence=evidence, places=places)


def _of_claim(
    rule: str, held: Iterable[Held], kept: Callable[[Held], bool], evidence: str
) -> Finding:
    rows = list(held)
    broken = tuple(_place(each, evidence) for each in rows if not kept(each))
    return Finding(
        rule=rule,
        outcome=Outcome.FAILED if broken else Outcome.PASSED,
        evidence=evidence,
        places=broken,
        count=Count(good=len(rows) - len(broken), of=len(rows)),
    )


def _place(held: Held, evidence: str) -> Place:
    return Place(
        where=say(Text(held.title), "kk"),
        saw=f"{held.opens_on} – {held.closes_on}",
        address=held.address,
        evidence=evidence,
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
