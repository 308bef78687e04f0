"""Catalogues kept elsewhere: named by people, harvested by workers.

A set of another catalogue is a row of its own with no file: whatever a source says, nothing that
is published here changes.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from msgspec.structs import replace

from aiqyn.harvest import Refused, Summary, believed
from aiqyn.subjects.dataset import Dataset as Noun
from aiqyn_portal.accounts.models import User
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data import searching
from aiqyn_portal.sections.open_data.harvest_child import Ended, Seen
from aiqyn_portal.sections.open_data.models import Harvest, Harvested, Source
from aiqyn_portal.sections.open_data.nouns import as_json
from aiqyn_portal.sections.open_data.permissions import may_keep_sources
from aiqyn_portal.sections.open_data.refusals import OwnCatalogue, SourceKnown, TooManySources
from aiqyn_portal.trail.actions import SYSTEM, record

MOST_SOURCES = 20  # of one body
MOST_SETS = 20_000  # of one source: a hundred times what a body offers, and still listed at ease
MOST_GONE = 20_000  # tombstones of one source
GONE_KEPT = timedelta(days=365)
STOPPED = "stopped"
MOST_REFUSED = 200  # records of one harvest that are told one by one
AT_ONCE = 500  # names in one question to the database


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What a person says of a source."""

    name: str
    address: str
    kind: str = ""
    days: int = 1


@transaction.atomic
def add_source(body: Body, said: Catalogue, *, by: User, at: datetime) -> Source:
    """Have a catalogue harvested from now on.

    Raises PermissionDenied, OwnCatalogue, SourceKnown, TooManySources.
    """
    if not may_keep_sources(by, body):
        raise PermissionDenied
    if _host(said.address) == _host(settings.PUBLIC_ADDRESS):
        raise OwnCatalogue
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)  # they are counted one by one
    if Source.objects.filter(body=body).count() >= MOST_SOURCES:
        raise TooManySources(MOST_SOURCES)
    try:
        with transaction.atomic():
            row = Source.objects.create(
                body=body,
                name=said.name,
                address=said.address,
                kind=said.kind,
                days=said.days,
                next_at=at,
                added_at=at,
                added_by=by,
            )
    except IntegrityError:
        raise SourceKnown from None
    record(by, "data.source_added", subject_of(row), {"address": row.address, "days": row.days})
    return row


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").lower()


@transaction.atomic
def stop_source(row: Source, *, by: User) -> None:
    """Harvest a source no more; its sets leave the list and the search. Raises PermissionDenied.

    A harvest that runs is ended: its worker learns of it with the next set it wants to keep.
    """
    _switch(row, is_active=False, by=by)


@transaction.atomic
def harvest_now(row: Source, *, by: User, at: datetime) -> None:
    """Harvest a source at once, and from now on as often as agreed. Raises PermissionDenied."""
    Source.objects.filter(pk=row.pk).update(next_at=at)
    _switch(row, is_active=True, by=by)


def _switch(row: Source, *, is_active: bool, by: User) -> None:
    if not may_keep_sources(by, row.body):
        raise PermissionDenied
    if not Source.objects.filter(pk=row.pk, is_active=not is_active).update(is_active=is_active):
        return
    row.is_active = is_active
    if not is_active:
        running = row.harvests.filter(ended_at__isnull=True)
        running.update(ended_at=timezone.now(), failure=STOPPED)
    for one in row.sets.select_related("source__body").iterator(chunk_size=AT_ONCE):
        searching.enter_harvested(one)
    record(by, "data.source_resumed" if is_active else "data.source_stopped", subject_of(row))


def subject_of(row: Source) -> str:
    """How the trail names a source."""
    return f"body:{row.body.code}/source:{row.pk}"


@transaction.atomic
def keep_set(harvest: Harvest, seen: Seen, *, at: datetime) -> bool:
    """Keep the passport of a set as it was seen; one that is as before is only seen again.

    Returns False, and keeps nothing, once the harvest has been stopped.
    """
    source = _still_wanted(harvest)
    if source is None:
        return False
    noun = seen.dataset
    digest = hashlib.sha256(msgspec.json.encode(replace(noun, evidence=""))).hexdigest()
    judged = {"broken": list(seen.broken), "points": seen.points}
    identity = as_json(noun.id)
    rows = Harvested.objects.filter(source=source, identity=identity)
    known = rows.values_list("digest", "gone_at").first()
    if known == (digest, None):
        rows.update(last_seen=at, **judged)
        return True
    if (known is None or known[1] is not None) and not _has_room(source):
        Harvest.objects.filter(pk=harvest.pk).update(left_out=F("left_out") + 1)
        return True
    row = (
        Harvested(source=source, identity=identity, first_seen=at) if known is None else rows.get()
    )
    row.source = source
    for name, value in {**_said(noun), **judged, "digest": digest}.items():
        setattr(row, name, value)
    row.last_seen = row.changed_at = at
    row.gone_at = None
    row.save()
    searching.enter_harvested(row)
    counted = "fresh" if known is None else "changed"
    Harvest.objects.filter(pk=harvest.pk).update(**{counted: F(counted) + 1})
    return True


def _still_wanted(harvest: Harvest) -> Source | None:
    """The source, held against being stopped until the transaction ends; None: it was stopped."""
    source = Source.objects.select_for_update().get(pk=harvest.source_id)
    runs = Harvest.objects.filter(pk=harvest.pk, ended_at__isnull=True)
    return source if source.is_active and runs.exists() else None


def _has_room(source: Source) -> bool:
    return source.sets.filter(gone_at__isnull=True).count() < MOST_SETS


def _said(noun: Noun) -> dict[str, object]:
    formats = sorted({each.format for each in noun.distributions if each.format})
    return {
        "title": as_json(noun.title),
        "description": as_json(noun.description),
        "frequency": noun.frequency,
        "formats": as_json(formats),
        "passport": as_json(noun),
    }


def keep_refused(harvest: Harvest, refused: Refused) -> None:
    """Remember a record that could not be read, once."""
    told = as_json(refused)
    if told not in harvest.refused and len(harvest.refused) < MOST_REFUSED:
        harvest.refused.append(told)
        harvest.save(update_fields=["refused"])


@transaction.atomic
def end_harvest(harvest: Harvest, ended: Ended, *, at: datetime) -> None:
    """Close a harvest: what its source no longer has is gone from the list, and says since when.

    One that was stopped in the meantime stays as it ended then.
    """
    source = Source.objects.select_for_update().get(pk=harvest.source_id)
    harvest.refresh_from_db(fields=["ended_at", "failure", "fresh"])
    if harvest.ended_at is not None:
        return
    summary, gone = _believed(harvest, source, ended.summary)
    harvest.ended_at, harvest.failure = at, ended.failure
    harvest.place, harvest.detail = as_json(ended.place)[:500], as_json(ended.detail)[:300]
    harvest.summary = as_json(summary) if summary else None
    harvest.save(update_fields=["ended_at", "failure", "place", "detail", "summary"])
    Source.objects.filter(pk=source.pk).update(next_at=at + timedelta(days=source.days))
    for first in range(0, len(gone), AT_ONCE):
        names = gone[first : first + AT_ONCE]
        for row in source.sets.filter(identity__in=names, gone_at__isnull=True):
            row.gone_at = at
            row.save(update_fields=["gone_at", "search_text"])
            searching.enter_harvested(row)
    details = {"given": summary.given if summary else 0, "failure": ended.failure}
    record(SYSTEM, "data.harvested", subject_of(source), {**details, "gone": len(gone)})


def _believed(
    harvest: Harvest, source: Source, summary: Summary | None
) -> tuple[Summary | None, list[str]]:
    """What to make of the sets a source no longer names, with what its last harvest said."""
    if summary is None:
        return None, []
    known = source.sets.filter(gone_at__isnull=True).count() - harvest.fresh
    last = source.harvests.filter(ended_at__isnull=False).exclude(pk=harvest.pk).first()
    before = msgspec.convert(last.summary, Summary) if last and last.summary else None
    return believed(summary, known, before)


def forget_gone(at: datetime) -> int:
    """Forget sets that went a year ago, and of one source the oldest beyond MOST_GONE."""
    gone = Harvested.objects.filter(gone_at__isnull=False)
    done = gone.filter(gone_at__lt=at - GONE_KEPT).delete()[0]
    for source in Source.objects.all():
        rows = gone.filter(source=source).order_by("-gone_at", "-pk")
        last = rows.values_list("gone_at", "pk")[MOST_GONE - 1 : MOST_GONE].first()
        if last:
            done += rows.filter(
                Q(gone_at__lt=last[0]) | Q(gone_at=last[0], pk__lt=last[1])
            ).delete()[0]
    return done
