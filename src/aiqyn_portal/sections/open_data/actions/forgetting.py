"""Bytes of files that were taken out before they were published, and that nothing else rests on."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import CharField, Model

from aiqyn_portal.evidence.models import Snapshot
from aiqyn_portal.evidence.store import store
from aiqyn_portal.sections.open_data import tables
from aiqyn_portal.trail.actions import SYSTEM, record
from aiqyn_portal.trail.models import Event

DIGEST = 64  # letters of a SHA-256 in hex


def forget_removed(at: datetime) -> int:
    """Remove bytes of files taken out longer ago than the operator keeps them; return how many.

    Whatever any row still names stays, and so do published versions: their files are rows. The
    descriptions of what was seen (`Snapshot`) stay in any case.
    """
    days = settings.OPEN_DATA_REMOVED_DAYS
    if not days:
        return 0
    gone = Event.objects.filter(action="data.file_removed", at__lt=at - timedelta(days=days))
    done = 0
    for event in gone.iterator():
        for sha256 in filter(None, (event.details.get("sha256"), event.details.get("table"))):
            done += _forgotten(sha256, event)
    return done


def _forgotten(sha256: str, event: Event) -> bool:
    if sha256 not in store() or is_needed(sha256):
        return False
    content = store().get(sha256)
    store().discard(sha256)
    tables.forget(sha256)
    if is_needed(sha256):  # somebody brought the same bytes in between
        store().put(content)
        return False
    if sha256 in store():  # where it cannot be removed
        return False
    with transaction.atomic():
        record(SYSTEM, "data.bytes_forgotten", event.subject, {"sha256": sha256})
    return True


def is_needed(sha256: str) -> bool:
    """Whether any row of the portal rests on these bytes."""
    if Snapshot.objects.filter(sha256=sha256).exclude(origin=Snapshot.Origin.UPLOAD).exists():
        return True
    return any(model.objects.filter(**{name: sha256}).exists() for model, name in _naming())  # type: ignore[attr-defined]


def _naming() -> Iterator[tuple[type[Model], str]]:
    """Every column that may name bytes of the store, descriptions of uploads aside."""
    for model in apps.get_models():
        if model is Snapshot:
            continue
        for field in model._meta.concrete_fields:  # noqa: SLF001  Django says it so
            if isinstance(field, CharField) and field.max_length == DIGEST:
                yield model, field.name
