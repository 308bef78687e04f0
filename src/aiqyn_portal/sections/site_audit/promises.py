"""What a body has promised to repair, and what the newest audit says of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.sections.site_audit.models import Reply
from aiqyn_portal.sections.site_audit.queries import Line

KEPT, LATE, UNCHECKED, WAITING = "kept", "late", "unchecked", "waiting"


@dataclass(frozen=True)
class Promise:
    """The newest day a body has named for one rule."""

    reply: Reply
    line: Line  # of the newest audit
    state: str  # KEPT, LATE, UNCHECKED (the day has passed, no audit since) or WAITING


def promises(body: Body, newest: Audit, lines: Iterable[Line], today: date) -> list[Promise]:
    """The promises of the body, the earliest day first; one query."""
    by_rule = {line.finding.rule: line for line in lines}
    said = Reply.objects.filter(finding__body=body, kind=Reply.Kind.AGREE)
    latest: dict[str, Reply] = {}
    for reply in said.select_related("finding").order_by("replied_at", "pk"):
        latest[reply.finding.rule] = reply
    found = [
        Promise(reply, by_rule[rule], _state(reply, by_rule[rule], newest, today))
        for rule, reply in latest.items()
        if rule in by_rule
    ]
    return sorted(found, key=lambda each: (each.reply.fix_by or today, each.line.finding.rule))


def _state(reply: Reply, line: Line, newest: Audit, today: date) -> str:
    assert reply.fix_by is not None  # noqa: S101  a constraint of the table
    if not (line.is_broken or line.is_open):
        return KEPT
    if today <= reply.fix_by:
        return WAITING
    return LATE if line.is_broken and newest.as_of > reply.fix_by else UNCHECKED
