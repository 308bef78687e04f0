"""Audits asked for: queued, carried out by a worker, resumed after a kill, cancelled.

A run holds what it was asked for; the crawl's own folder holds how far it came. A worker
that dies leaves both, and the next one continues: pages fetched are not fetched again, and
findings and run end in one transaction, so nothing is counted twice.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from aiqyn.errors import AiqynError, CatalogueError, EvidenceError, FetchError
from aiqyn.fetch.crawl import Limits, Progress
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.evidence.models import Audit
from aiqyn_portal.evidence.store import keep_bytes
from aiqyn_portal.sections.site_audit import telling
from aiqyn_portal.sections.site_audit.actions.audits import (
    about,
    keep_audit,
    kept_in,
    read_site,
    with_drawn_pages,
    workshop,
)
from aiqyn_portal.sections.site_audit.actions.holding import Unwanted, is_dead, this_process
from aiqyn_portal.sections.site_audit.models import Job, Run
from aiqyn_portal.sections.site_audit.permissions import is_auditor, may_run
from aiqyn_portal.sections.site_audit.queries import address_of
from aiqyn_portal.sections.site_audit.refusals import (
    NoAddress,
    RunHasEnded,
    RunIsLive,
    TooManyRuns,
)
from aiqyn_portal.trail.actions import SYSTEM, record

State = Job.State
BEAT_S = 2.0  # at most so often progress is written down
MOST_DEATHS = 3  # of its workers; then the run is given up
LONGEST_DETAIL = 300  # as the column has it


class Cancelled(Unwanted):
    """Somebody no longer wants this audit."""


class NotOurs(Unwanted):
    """Another worker has taken the run over: what this one has is not to be kept as well."""


def polite_limits() -> Limits:
    """How the portal reads foreign sites; what an operator may change is in the settings."""
    return Limits(
        contact=settings.AUDIT_CONTACT,
        per_host_per_second=settings.AUDIT_RATE,
        max_pages=settings.AUDIT_PAGES,
        allowed_networks=tuple(settings.AUDIT_NETWORKS),
    )


@transaction.atomic
def ask_for_run(body: Body, *, by: User | None, at: datetime) -> Run:
    """Put an audit of the body's site into the list of work; `by` is None for the schedule.

    Raises PermissionDenied, NoAddress, RunIsLive, TooManyRuns (for officers).
    """
    if by is not None and not may_run(by, body):
        raise PermissionDenied
    start = address_of(body)
    if not start:
        raise NoAddress
    if by is not None and not is_auditor(by):
        _refuse_too_many(body, at)
    try:
        with transaction.atomic():
            run = Run.objects.create(
                body=body,
                start=start,
                as_of=timezone.localdate(at),
                asked_by=by,
                asked_at=at,
            )
    except IntegrityError:
        raise RunIsLive from None
    record(by or SYSTEM, "audit.asked", f"body:{body.code}/run:{run.pk}", {"start": start})
    return run


def _refuse_too_many(body: Body, at: datetime) -> None:
    lately = Run.objects.filter(body=body, asked_at__gt=at - timedelta(days=1))
    if lately.exclude(asked_by=None).count() >= settings.AUDIT_RUNS_A_DAY:
        raise TooManyRuns


@transaction.atomic
def cancel(run: Run, *, by: User, at: datetime) -> None:
    """Take an audit off the list, or tell the worker to stop; who asks second changes nothing.

    Raises PermissionDenied, RunHasEnded.
    """
    if not may_run(by, run.body):
        raise PermissionDenied
    waiting = Run.objects.filter(pk=run.pk, state=State.QUEUED)
    if waiting.update(state=State.CANCELLED, ended_at=at, cancelled_by=by):
        shutil.rmtree(folder_of(run), ignore_errors=True)
        run.cancelled_by = by
        telling.cancelled(run)
    else:
        running = Run.objects.filter(pk=run.pk, state=State.RUNNING)
        if not running.filter(is_cancel_asked=False).update(is_cancel_asked=True, cancelled_by=by):
            if running.exists():
                return
            raise RunHasEnded
    record(by, "audit.cancelled", f"body:{run.body.code}/run:{run.pk}")


def carry_out(pk: int, *, clock: Callable[[], datetime] = timezone.now) -> None:
    """Do, or finish, one queued run; how it ended is written in its row.

    What stops the program (SystemExit, KeyboardInterrupt) leaves the run to be continued.
    """
    mine = Run.objects.filter(pk=pk, state=State.QUEUED)
    if not mine.update(state=State.RUNNING, held_by=this_process(), beat_at=clock()):
        return
    run = Run.objects.select_related("body").get(pk=pk)
    if run.began_at is None:
        run.began_at, run.limits = clock(), msgspec.to_builtins(polite_limits())
        run.save(update_fields=["began_at", "limits"])
    try:
        _do(run, clock)
    except NotOurs:
        return
    except BaseException:
        Run.objects.filter(pk=pk, held_by=run.held_by).update(held_by="")
        raise
    shutil.rmtree(folder_of(run), ignore_errors=True)


def _do(run: Run, clock: Callable[[], datetime]) -> None:
    try:
        _read_and_keep(run, clock)
    except Cancelled:
        _end(run, State.CANCELLED, clock())
    except FetchError as problem:
        _end(run, State.FAILED, clock(), failure=problem.exact_cause, detail=str(problem))
    except (AiqynError, OSError) as problem:
        _end(run, State.FAILED, clock(), failure=_cause(problem), detail=str(problem))
    except NotOurs:
        raise
    except Exception as problem:
        _end(run, State.FAILED, clock(), failure="ours", detail=repr(problem))
        raise


def _read_and_keep(run: Run, clock: Callable[[], datetime]) -> None:
    _refuse_unwanted(run)
    folder = folder_of(run)
    folder.mkdir(exist_ok=True)
    whose = about(run.body)
    beat = Beat(run, clock)
    manifest, report = read_site(
        whose,
        run.start,
        folder=str(folder),
        as_of=run.as_of,
        limits=msgspec.convert(run.limits, Limits),
        on_progress=beat,
    )
    manifest, report = with_drawn_pages(
        whose,
        manifest,
        report,
        folder=str(folder),
        pages=settings.AUDIT_RENDERED,
        alive=beat.alive,
    )
    kept = kept_in(str(folder))
    keep_bytes(manifest.evidence, kept)  # before the transaction: other writers wait for its end
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run.pk)
        _refuse_unwanted(run)
        audit = keep_audit(run.body, manifest, report, kept)
        _end(run, State.DONE, clock(), audit=audit)
        telling.audited(audit, run)


def _refuse_unwanted(run: Run) -> None:
    """Stop where somebody has cancelled the run, or another worker has taken it over."""
    if Run.objects.filter(pk=run.pk, is_cancel_asked=True).exists():
        raise Cancelled
    if not _ours(run).exists():
        raise NotOurs


def _ours(run: Run) -> QuerySet[Run]:
    return Run.objects.filter(pk=run.pk, held_by=run.held_by)


def _end(
    run: Run,
    state: str,
    at: datetime,
    *,
    failure: str = "",
    detail: str = "",
    audit: Audit | None = None,
) -> None:
    said: dict[str, object] = {
        "failure": failure[:30],
        "detail": detail.replace("\0", "")[:LONGEST_DETAIL],
    }
    if audit is not None:  # until now what was asked for was counted, answered or not
        said |= {"pages": audit.pages, "documents": audit.documents}
    with transaction.atomic():
        running = _ours(run).filter(state=State.RUNNING)
        if not running.update(state=state, ended_at=at, audit=audit, held_by="", **said):
            raise NotOurs
        ended = Run.objects.select_related("body", "asked_by").get(pk=run.pk)
        if state == State.CANCELLED:
            telling.cancelled(ended)
        if state == State.FAILED:
            telling.failed(ended)
            subject = f"body:{run.body.code}/run:{run.pk}"
            record(SYSTEM, "audit.failed", subject, {"cause": said["failure"]})


def _cause(problem: Exception) -> str:
    if isinstance(problem, CatalogueError):
        return "no_edition"
    if isinstance(problem, EvidenceError | OSError):
        return "storage"
    return "ours"


class Beat:
    """Writes down how far a run is, and hears whether it is still wanted."""

    def __init__(self, run: Run, clock: Callable[[], datetime]) -> None:
        self.run = run
        self.clock = clock
        self.first: tuple[datetime, int] | None = None
        self.last: datetime | None = None

    def __call__(self, progress: Progress) -> None:
        now = self.clock()
        read = progress.pages + progress.documents
        if self.first is None:
            self.first = now, read
        if self.last is not None and (now - self.last).total_seconds() < BEAT_S:
            return
        self.last = now
        began, before = self.first
        seconds = (now - began).total_seconds()
        _refuse_unwanted(self.run)
        _ours(self.run).update(
            pages=progress.pages,
            documents=progress.documents,
            waiting=progress.waiting,
            findings=progress.findings,
            per_second=(read - before) / seconds if seconds else 0,
            beat_at=now,
        )

    def alive(self) -> None:
        """Be heard, and hear, where nothing is counted."""
        _refuse_unwanted(self.run)
        _ours(self.run).update(beat_at=self.clock())


def folder_of(run: Run) -> Path:
    """Where the crawl of a run lies until it is kept."""
    return workshop() / f"run-{run.pk}"


def left_behind(at: datetime) -> list[Run]:
    """Take back the runs whose worker is gone: they wait again, their crawls are kept.

    A run that takes several workers with it and comes no further is given up, one somebody
    has cancelled is ended, and people are told.
    """
    taken = []
    for run in Run.objects.filter(state=State.RUNNING).select_related("body"):
        if not is_dead(run, at):
            continue
        if run.held_by:  # who let go was stopped in order
            _count_death(run)
        if run.is_cancel_asked or run.deaths >= MOST_DEATHS:
            _give_up(run, at)
            continue
        same = _ours(run).filter(state=State.RUNNING, is_cancel_asked=False)
        died = {"deaths": run.deaths, "read_at_death": run.read_at_death}
        if same.update(state=State.QUEUED, held_by="", **died):
            taken.append(run)
    return taken


def _count_death(run: Run) -> None:
    """A worker that came further than all before it is the first to die there."""
    run.deaths = 1 if run.read > run.read_at_death else run.deaths + 1
    run.read_at_death = max(run.read, run.read_at_death)


def _give_up(run: Run, at: datetime) -> None:
    with suppress(NotOurs):  # another process has just done the same
        if run.is_cancel_asked:
            _end(run, State.CANCELLED, at)
        else:
            _end(run, State.FAILED, at, failure="crash")
        shutil.rmtree(folder_of(run), ignore_errors=True)
