"""The passport of a set: begun with its first file, changed by one officer at a time."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import F

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.open_data import searching
from aiqyn_portal.sections.open_data.actions.regrading import regrade
from aiqyn_portal.sections.open_data.deadlines import next_due
from aiqyn_portal.sections.open_data.models import Dataset, Version
from aiqyn_portal.sections.open_data.permissions import may_prepare
from aiqyn_portal.sections.open_data.queries import missing_in_passport
from aiqyn_portal.sections.open_data.refusals import (
    EditedMeanwhile,
    NameIsFixed,
    PassportIncomplete,
    SetIsGone,
    SetNameTaken,
    UnderReview,
)
from aiqyn_portal.sections.open_data.slugs import slug
from aiqyn_portal.trail.actions import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """What an officer says of a set."""

    name: str
    title: Phrase
    category: str
    licence: str
    frequency: str
    description: Phrase = field(default_factory=Phrase)
    keywords: dict[str, list[str]] = field(default_factory=dict)
    responsible: Phrase = field(default_factory=Phrase)
    phone: str = ""
    email: str = ""
    since: date | None = None
    until: date | None = None
    places: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)


@transaction.atomic
def start_set(body: Body, file_name: str, *, by: User, at: datetime) -> Dataset:
    """Begin a set with a passport still empty, and its first version.

    Raises PermissionDenied for anybody but officers of the body.
    """
    if not may_prepare(by, body):
        raise PermissionDenied
    row = Dataset.objects.create(
        body=body,
        name=free_name(file_name),
        created_at=at,
        created_by=by,
        changed_at=at,
        changed_by=by,
    )
    Version.objects.create(dataset=row, number=1, created_at=at, created_by=by)
    record(by, "data.started", subject_of(row))
    return row


@transaction.atomic
def change_passport(
    row: Dataset, passport: Passport, *, seen: int, by: User, at: datetime
) -> Dataset:
    """Put the passport in place of the one whose edition was `seen`.

    What a moderator looks at does not change under review; a published set takes corrections
    at once, never less than a complete passport.

    Raises PermissionDenied, UnderReview, EditedMeanwhile, NameIsFixed, SetNameTaken,
    PassportIncomplete.
    """
    if not may_prepare(by, row.body):
        raise PermissionDenied
    refuse_under_review(locked_set(row.pk))  # nobody hands it in meanwhile
    mine = Dataset.objects.filter(pk=row.pk, edition=seen)
    if not mine.update(edition=F("edition") + 1):
        raise EditedMeanwhile
    row = Dataset.objects.select_related("body", "newest").get(pk=row.pk)
    if row.published_at and passport.name != row.name:
        raise NameIsFixed
    changed = [name for name, said in asdict(passport).items() if getattr(row, name) != said]
    for name in changed:
        setattr(row, name, getattr(passport, name))
    _refuse_less(row)
    row.changed_at, row.changed_by = at, by
    if row.newest and row.newest.released_at:
        row.next_due = next_due(row.frequency, row.newest.released_at.date())
    if {"licence", "name"}.intersection(changed):
        regrade(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise SetNameTaken from None
    searching.enter(row)
    record(by, "data.passport", subject_of(row), {"changed": changed})
    return row


def _refuse_less(row: Dataset) -> None:
    """A published set keeps a whole passport."""
    if row.state == Dataset.State.PUBLISHED and (missing := missing_in_passport(row)):
        raise PassportIncomplete(", ".join(map(str, missing)))


def refuse_under_review(row: Dataset) -> None:
    """Raise UnderReview while a moderator looks at a version of the set."""
    if row.versions.filter(state=Version.State.REVIEW).exists():
        raise UnderReview


def locked_set(pk: int) -> Dataset:
    """The set as it stands, which nobody changes until the transaction ends.

    Whoever locks a version too locks its set first: no two of them wait for each other.

    Raises SetIsGone: another officer has deleted the draft.
    """
    rows = Dataset.objects.select_for_update(of=("self",)).select_related("body")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise SetIsGone
    return row


def subject_of(row: Dataset) -> str:
    """How the trail names a set."""
    return f"body:{row.body.code}/data:{row.name}"


def free_name(said: str) -> str:
    """A name nobody has yet, made of Latin letters."""
    base = slug(said) or "derekter"
    taken = set(
        Dataset.objects.filter(name__startswith=base).values_list("name", flat=True).iterator()
    )
    name, again = base, 1
    while name in taken:
        again += 1
        name = f"{base}-{again}"
    return name
