"""What all actions need: the round's lock, its methodology, a frozen row, a line in the trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied
from django.db.models import F

from aiqyn import __version__, chain
from aiqyn.scoring.methodology import Methodology, digest, methodology
from aiqyn_portal.accounts.models import User
from aiqyn_portal.accounts.permissions import is_evaluator
from aiqyn_portal.evaluation.models import Entry, Rating, Round
from aiqyn_portal.evaluation.refusals import MethodologyChanged
from aiqyn_portal.evaluation.standing import Known, as_builtins, digest_of
from aiqyn_portal.trail.actions import record


def locked(round_: Round) -> Round:
    """Take the round's row until the transaction ends, and read it anew.

    A write is what takes the lock on both databases: SQLite has no SELECT FOR UPDATE.
    """
    Round.objects.filter(pk=round_.pk).update(code=F("code"))
    return Round.objects.get(pk=round_.pk)


def evaluator_or_refuse(user: User) -> None:
    if not is_evaluator(user):
        raise PermissionDenied


def methodology_of(round_: Round) -> Methodology:
    """The methodology the round was opened with; refused when its files have changed since."""
    if digest(round_.methodology) != round_.methodology_sha256:
        raise MethodologyChanged(round_.methodology)
    return methodology(round_.methodology)


def subject_of(entry: Entry) -> str:
    return f"round:{entry.round.code}/body:{entry.body.code}"


def write_down(by: User | str, action: str, subject: str, details: Mapping[str, Any]) -> None:
    record(actor=by, action=action, subject=subject, details=dict(details))


def frozen_row(
    entry: Entry, rating: chain.Rating, known: Known, *, made_at: datetime, **more: Any
) -> Rating:
    """Keep a rating for ever, with everything it rests on."""
    return Rating.objects.create(
        entry=entry,
        points=rating.points,
        max_points=rating.max_points,
        grade=rating.grade,
        tree=msgspec.to_builtins(rating, str_keys=True),
        findings=as_builtins(known.findings),
        replaced=as_builtins(known.replaced),
        tree_sha256=digest_of(rating),
        methodology_sha256=entry.round.methodology_sha256,
        library_version=__version__,
        made_at=made_at,
        **more,
    )
