"""Reading the places of one finding once more, before the next audit does."""

import tempfile
from collections.abc import Callable
from datetime import date, datetime, timedelta

import msgspec
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from aiqyn import rules
from aiqyn.audit import Report
from aiqyn.chain import Evidence, Outcome
from aiqyn.errors import AiqynError, FetchError
from aiqyn.fetch.addresses import site_of
from aiqyn.fetch.crawl import Limits, Manifest
from aiqyn_portal.accounts.models import User
from aiqyn_portal.evidence.models import FindingRow
from aiqyn_portal.evidence.store import as_finding, keep_crawl
from aiqyn_portal.sections.site_audit.actions.audits import (
    about,
    kept_in,
    origin_of,
    read_site,
    workshop,
)
from aiqyn_portal.sections.site_audit.actions.holding import is_dead, this_process
from aiqyn_portal.sections.site_audit.actions.runs import polite_limits
from aiqyn_portal.sections.site_audit.models import Job, Recheck
from aiqyn_portal.sections.site_audit.permissions import is_auditor, may_run
from aiqyn_portal.sections.site_audit.refusals import (
    CannotBeRechecked,
    NotOneOfTheFailed,
    RecheckIsLive,
    TooManyRechecks,
)
from aiqyn_portal.trail.actions import SYSTEM, record

MOST_ADDRESSES = 10  # of one recheck; the rest waits for the next audit
REPAIRED = (Outcome.PASSED, Outcome.INAPPLICABLE)
BROKEN = ("failed", "partly")
Result = Recheck.Result


class Seen(msgspec.Struct, frozen=True):
    """What one address answered."""

    address: str
    result: str  # "repaired", "still", "unknown"
    evidence: str = ""  # SHA-256 of what was read
    failure: str = ""  # a cause, where nothing could be read


@transaction.atomic
def ask_for_recheck(row: FindingRow, *, by: User, at: datetime) -> Recheck:
    """Put a recheck of the finding into the list of work.

    Raises PermissionDenied, NotOneOfTheFailed, CannotBeRechecked, RecheckIsLive,
    TooManyRechecks (for officers).
    """
    if not may_run(by, row.body):
        raise PermissionDenied
    if row.outcome not in BROKEN:
        raise NotOneOfTheFailed
    if not can_be_rechecked(row):
        raise CannotBeRechecked
    lately = Recheck.objects.filter(finding__body=row.body_id, asked_at__gt=at - timedelta(hours=1))
    if not is_auditor(by) and lately.count() >= settings.AUDIT_RECHECKS_AN_HOUR:
        raise TooManyRechecks
    try:
        with transaction.atomic():
            asked = Recheck.objects.create(finding=row, asked_by=by, asked_at=at)
    except IntegrityError:
        raise RecheckIsLive from None
    record(by, "recheck.asked", f"body:{row.body.code}/finding:{row.pk}", {"rule": row.rule})
    return asked


def can_be_rechecked(row: FindingRow) -> bool:
    """Whether the rule looks at single pages or documents, and some of the site are named."""
    rule = rules.load().get(row.rule)
    return rule is not None and rule.kind in {"page", "document"} and bool(addresses(row))


def addresses(row: FindingRow) -> list[str]:
    """The pages the finding names, of the body's own site alone, each once, in order."""
    assert row.audit is not None  # noqa: S101  findings shown here come from audits
    site = site_of(row.audit.start)
    named = [place.address for place in as_finding(row).places if place.address]
    own = [address for address in dict.fromkeys(named) if site_of(address) == site]
    return own[:MOST_ADDRESSES]


def recheck(pk: int, *, clock: Callable[[], datetime] = timezone.now) -> None:
    """Read the places of one queued recheck again; the result is written in its row."""
    queued = Recheck.objects.filter(pk=pk, state=Job.State.QUEUED)
    if not queued.update(state=Job.State.RUNNING, held_by=this_process(), beat_at=clock()):
        return
    asked = Recheck.objects.select_related("finding__audit", "finding__body").get(pk=pk)
    try:
        _read_and_tell(asked, clock)
    except Exception as problem:
        failed = {"state": Job.State.FAILED, "failure": "ours", "detail": repr(problem)[:300]}
        Recheck.objects.filter(pk=pk).update(held_by="", ended_at=clock(), **failed)
        raise
    except BaseException:
        Recheck.objects.filter(pk=pk).update(held_by="")
        raise


def _read_and_tell(asked: Recheck, clock: Callable[[], datetime]) -> None:
    seen = []
    for address in addresses(asked.finding):
        Recheck.objects.filter(pk=asked.pk).update(beat_at=clock())
        seen.append(_look_at(asked.finding, address, timezone.localdate(clock())))
    asked.state, asked.ended_at, asked.held_by = Job.State.DONE, clock(), ""
    asked.places = msgspec.to_builtins(seen)
    asked.result = result_of(asked.finding, seen)
    with transaction.atomic():
        asked.save(update_fields=["state", "ended_at", "held_by", "places", "result"])
        subject = f"body:{asked.finding.body.code}/finding:{asked.finding_id}"
        record(SYSTEM, "recheck.done", subject, {"result": asked.result})


def result_of(row: FindingRow, seen: list[Seen]) -> str:
    """What the answers come to; places beyond those read keep it from being called repaired."""
    told = {each.result for each in seen}
    if "still" in told:
        return Result.PARTLY if "repaired" in told else Result.STILL
    if told != {"repaired"}:
        return Result.UNKNOWN
    finding = as_finding(row)
    read = {each.address for each in seen}
    is_whole = not finding.more and all(place.address in read for place in finding.places)
    return Result.REPAIRED if is_whole else Result.PARTLY


def _look_at(row: FindingRow, address: str, day: date) -> Seen:
    limits = msgspec.structs.replace(polite_limits(), max_pages=1, max_depth=0)
    limits = msgspec.structs.replace(limits, max_external_links=0)
    try:
        manifest, report = _read(row, address, day, limits)
    except FetchError as problem:
        return Seen(address, "unknown", failure=problem.exact_cause)
    except (AiqynError, OSError):
        return Seen(address, "unknown", failure="ours")
    page = _page_of(manifest, address)
    if page is None or site_of(page.final_url or page.url) != site_of(address):
        return Seen(address, "unknown", failure="moved")
    return Seen(address, _result(report, row.rule), evidence=page.sha256)


def _read(row: FindingRow, address: str, day: date, limits: Limits) -> tuple[Manifest, Report]:
    assert row.audit is not None  # noqa: S101  findings shown here come from audits
    body, origin = row.body, origin_of(is_elsewhere=row.audit.is_elsewhere)
    with tempfile.TemporaryDirectory(dir=workshop()) as folder:
        manifest, report = read_site(about(body), address, folder=folder, as_of=day, limits=limits)
        kept = kept_in(folder)
        keep_crawl(manifest.evidence, kept, body, start=manifest.start, origin=origin)
    return manifest, report


def _page_of(manifest: Manifest, address: str) -> Evidence | None:
    for each in manifest.evidence:
        if each.role in {"page", "document"} and address in (each.url, each.final_url):
            return each
    return None


def _result(report: Report, rule: str) -> str:
    finding = next((each for each in report.findings if each.rule == rule), None)
    if finding is None or finding.outcome is Outcome.CANNOT_TELL:
        return "unknown"
    return "repaired" if finding.outcome in REPAIRED else "still"


def rechecks_left_behind(at: datetime) -> list[Recheck]:
    """Take back the rechecks whose worker is gone; they begin anew."""
    taken = []
    for asked in Recheck.objects.filter(state=Job.State.RUNNING):
        same = Recheck.objects.filter(pk=asked.pk, held_by=asked.held_by, state=asked.state)
        if is_dead(asked, at) and same.update(state=Job.State.QUEUED, held_by=""):
            taken.append(asked)
    return taken
