"""What a body has promised to repair, and what the newest audit says of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aiqyn.chain import Outcome
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import AGE, Audit, FindingRow
from aiqyn_portal.sections.site_audit.models import Reply
from aiqyn_portal.sections.site_audit.queries import Line

KEPT, ANEW, LATE, UNCHECKED, WAITING = "kept", "anew", "late", "unchecked", "waiting"


@dataclass(frozen=True)
class Promise:
    """The newest day a body has named for one rule."""

    reply: Reply
    line: Line  # of the newest audit
    state: str  # KEPT, ANEW (broken again since), LATE, UNCHECKED (the day has passed) or WAITING

    @property
    def day(self) -> date:
        """The last day of the repair."""
        return _day_of(self.reply)


def promises(body: Body, newest: Audit, lines: Iterable[Line], today: date) -> list[Promise]:
    """The promises of the body, the earliest day first; two queries."""
    by_rule = {line.finding.rule: line for line in lines}
    said = Reply.objects.filter(finding__body=body, kind=Reply.Kind.AGREE)
    latest: dict[str, Reply] = {}
    for reply in said.select_related("finding__audit").order_by("replied_at", "pk"):
        latest[reply.finding.rule] = reply
    repaired = _repaired_since(body, latest)
    found = [
        Promise(reply, line, _state(reply, line, newest, today, was_repaired=rule in repaired))
        for rule, reply in latest.items()
        if (line := by_rule.get(rule))
    ]
    return sorted(found, key=lambda each: (each.day, each.line.finding.rule))


def _day_of(reply: Reply) -> date:
    assert reply.fix_by is not None  # noqa: S101  a constraint of the table
    return reply.fix_by


def _repaired_since(body: Body, latest: dict[str, Reply]) -> set[str]:
    """The rules an audit later than the one the body answered has found in order."""
    answered = {rule: reply.finding.audit for rule, reply in latest.items()}
    rows = FindingRow.objects.counting().filter(
        body=body,
        rule__in=latest,
        outcome=Outcome.PASSED.value,
        audit__in=Audit.objects.counting().filter(body=body).order_by(),
    )
    found = rows.values_list("rule", *(f"audit__{name}" for name in AGE))
    return {rule for rule, *age in found if (then := answered[rule]) and tuple(age) > then.age}


def _state(reply: Reply, line: Line, newest: Audit, today: date, *, was_repaired: bool) -> str:
    if not (line.is_broken or line.is_open):
        return KEPT
    if was_repaired:
        return ANEW if line.is_broken else KEPT
    day = _day_of(reply)
    if today <= day:
        return WAITING
    return LATE if line.is_broken and newest.as_of > day else UNCHECKED
