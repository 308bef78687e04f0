"""A body answers a finding, and the evaluator rules on what it disputes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from aiqyn.chain import Count, Finding, Outcome, Place
from aiqyn.fetch.addresses import site_of
from aiqyn.grading.stars import is_public
from aiqyn_portal.accounts.models import User
from aiqyn_portal.evidence.models import FindingRow, Snapshot
from aiqyn_portal.evidence.store import as_finding, keep, overrule
from aiqyn_portal.sections.site_audit import telling
from aiqyn_portal.sections.site_audit.earlier import earlier_ruling
from aiqyn_portal.sections.site_audit.models import Reply, Ruling
from aiqyn_portal.sections.site_audit.permissions import is_auditor, may_reply
from aiqyn_portal.sections.site_audit.queries import is_newest
from aiqyn_portal.sections.site_audit.refusals import (
    AlreadyOverruled,
    AlreadyRuled,
    DayHasPassed,
    DayIsTooFar,
    DisputeIsOpen,
    LinkIsClosed,
    NothingWasDecided,
    NotOneOfTheFailed,
    NotTheNewest,
    ReasonIsMissing,
)
from aiqyn_portal.trail.actions import record

ANSWERABLE = (Outcome.FAILED.value, Outcome.PARTLY.value)
RULED = "answer"  # where a person's decision is seen, in place of a path on a page
SHOWN_REASON = 300  # characters of a reason that travel with the finding
FURTHEST = timedelta(days=3 * 366)  # what is promised for later is a slip of the pen


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What an officer says to a finding."""

    text: str = ""
    link: str = ""
    fix_by: date | None = None


@transaction.atomic
def agree(row: FindingRow, words: Words, *, by: User, at: datetime) -> Reply:
    """The body agrees and names the day by which it will have repaired the place.

    Raises PermissionDenied, NotOneOfTheFailed, NotTheNewest, DisputeIsOpen,
    AlreadyOverruled, DayHasPassed, DayIsTooFar.
    """
    today = timezone.localdate(at)
    if words.fix_by is None or words.fix_by < today:
        raise DayHasPassed
    if words.fix_by > today + FURTHEST:
        raise DayIsTooFar
    return _reply(row, Reply.Kind.AGREE, words, by=by, at=at)


@transaction.atomic
def dispute(row: FindingRow, words: Words, *, by: User, at: datetime) -> Reply:
    """The body says why the finding is wrong.

    Raises what `agree` raises but of days, and ReasonIsMissing, LinkIsClosed.
    """
    if not words.text.strip():
        raise ReasonIsMissing
    if words.link and not is_public(words.link) and site_of(words.link) != site_of(_start_of(row)):
        raise LinkIsClosed
    return _reply(row, Reply.Kind.DISPUTE, words, by=by, at=at)


def _reply(row: FindingRow, kind: str, words: Words, *, by: User, at: datetime) -> Reply:
    if not may_reply(by, row.body):
        raise PermissionDenied
    _hold(row)
    refuse_what_cannot_be_answered(row)
    try:
        with transaction.atomic():
            said = Reply.objects.create(
                finding=row,
                number=row.replies.count() + 1,
                kind=kind,
                text=words.text.strip(),
                link=words.link,
                fix_by=words.fix_by,
                replied_by=by,
                replied_at=at,
            )
    except IntegrityError:  # sent twice at the same moment
        raise DisputeIsOpen from None
    subject = f"body:{row.body.code}/finding:{row.pk}"
    details = {"rule": row.rule, "text": said.text, "link": said.link, "fix_by": said.fix_by}
    record(by, f"finding.{'agreed' if kind == Reply.Kind.AGREE else 'disputed'}", subject, details)
    if kind == Reply.Kind.DISPUTE:
        telling.disputed(said)
    return said


def _hold(row: FindingRow) -> None:
    """What is said of one finding is said one after another: none sees half of another."""
    FindingRow.objects.select_for_update().get(pk=row.pk)


def refuse_what_cannot_be_answered(row: FindingRow) -> None:
    """Raise NotOneOfTheFailed, NotTheNewest, AlreadyOverruled or DisputeIsOpen."""
    if row.overrides_id is not None or row.outcome not in ANSWERABLE or row.audit is None:
        raise NotOneOfTheFailed
    if not is_newest(row.audit):
        raise NotTheNewest
    if FindingRow.objects.filter(overrides=row).exists():
        raise AlreadyOverruled
    if row.replies.filter(kind=Reply.Kind.DISPUTE, ruling__isnull=True).exists():
        raise DisputeIsOpen


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the evaluator says to a dispute; `outcome` is how the finding ends when upheld."""

    decision: Ruling.Decision
    reason: str
    outcome: Outcome = Outcome.PASSED


@transaction.atomic
def rule_on(reply: Reply, verdict: Verdict, *, by: User, at: datetime) -> Ruling:
    """Decide on a dispute. When the body is right, a new finding counts instead of the old.

    Raises PermissionDenied, ReasonIsMissing, AlreadyRuled.
    """
    if not is_auditor(by):
        raise PermissionDenied
    if not verdict.reason.strip():
        raise ReasonIsMissing
    row = reply.finding
    _hold(row)
    kept = keep(
        _record_of(reply, verdict, at),
        body=row.body,
        origin=Snapshot.Origin.SECTION,
        address=f"{_start_of(row)}#ruling-{reply.pk}",
        taken_at=at,
        media_type="application/json",
    )
    try:
        with transaction.atomic():
            ruling = Ruling.objects.create(
                reply=reply,
                decision=verdict.decision,
                reason=verdict.reason.strip(),
                record_sha256=kept.sha256,
                row=_new_row(row, reply, verdict, kept.sha256),
                ruled_by=by,
                ruled_at=at,
            )
    except IntegrityError:
        raise AlreadyRuled from None
    details = {
        "rule": row.rule,
        "decision": ruling.decision,
        "reason": ruling.reason,
        "outcome": verdict.outcome.value if ruling.row_id else row.outcome,
        "record": ruling.record_sha256,
    }
    record(by, "dispute.ruled", f"body:{row.body.code}/finding:{row.pk}", details)
    telling.ruled(ruling, row)
    return ruling


@transaction.atomic
def carry_over(row: FindingRow, *, by: User, at: datetime) -> FindingRow:
    """Let the earlier decision in favour of the body count for this finding too: a new row.

    Raises PermissionDenied, NothingWasDecided, and what `agree` raises of a finding.
    """
    if not is_auditor(by):
        raise PermissionDenied
    _hold(row)
    refuse_what_cannot_be_answered(row)
    ruling = earlier_ruling(row)
    if ruling is None or ruling.row is None:
        raise NothingWasDecided
    said = {"finding": row.pk, "as": ruling.record_sha256, "decided_again_at": at}
    kept = keep(
        msgspec.json.format(msgspec.json.encode(said), indent=2),
        body=row.body,
        origin=Snapshot.Origin.SECTION,
        address=f"{_start_of(row)}#ruling-{ruling.reply_id}-again-{row.pk}",
        taken_at=at,
        media_type="application/json",
    )
    verdict = Verdict(
        decision=Ruling.Decision.UPHELD,
        reason=ruling.reason,
        outcome=Outcome(ruling.row.outcome),
    )
    new = _new_row(row, ruling.reply, verdict, kept.sha256)
    assert new is not None  # noqa: S101 - upheld
    details = {"rule": row.rule, "as": f"finding:{ruling.reply.finding_id}", "record": kept.sha256}
    record(by, "ruling.carried", f"body:{row.body.code}/finding:{row.pk}", details)
    telling.ruled(ruling, row)
    return new


def _new_row(row: FindingRow, reply: Reply, verdict: Verdict, sha256: str) -> FindingRow | None:
    if verdict.decision != Ruling.Decision.UPHELD:
        return None
    found = as_finding(row)
    is_counted = found.count is not None and verdict.outcome is Outcome.PASSED
    ruled = Finding(
        rule=row.rule,
        outcome=verdict.outcome,
        evidence=sha256,
        places=(
            Place(
                where=RULED,
                saw=verdict.reason.strip()[:SHOWN_REASON],
                address=reply.link,
                evidence=sha256,
            ),
        ),
        count=Count(good=found.count.of, of=found.count.of) if is_counted and found.count else None,
    )
    return overrule(row, ruled, found_on=row.found_on)


def _start_of(row: FindingRow) -> str:
    return row.audit.start if row.audit else ""


def _record_of(reply: Reply, verdict: Verdict, at: datetime) -> bytes:
    """The ruling as bytes a rating can rest on; it names no person."""
    row = reply.finding
    said = {
        "body": row.body.code,
        "rule": row.rule,
        "finding": row.pk,
        "dispute": {"text": reply.text, "link": reply.link, "at": reply.replied_at},
        "decision": verdict.decision.value,
        "outcome": verdict.outcome.value if verdict.decision == "upheld" else row.outcome,
        "reason": verdict.reason.strip(),
        "ruled_at": at,
    }
    return msgspec.json.format(msgspec.json.encode(said), indent=2)
