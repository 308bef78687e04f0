"""The passport of a draft: begun empty, changed by one officer at a time."""

from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.base.numbering import numbered
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.sections.drafts import searching
from aiqyn_portal.sections.drafts.models import Draft, Version
from aiqyn_portal.sections.drafts.permissions import may_prepare
from aiqyn_portal.sections.drafts.queries.readiness import lacking
from aiqyn_portal.sections.drafts.refusals import DraftIsOver, EditedSince, NotReady
from aiqyn_portal.trail.actions import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """What an officer says of a draft."""

    title: Phrase
    type: str
    category: str
    summary: Phrase = field(default_factory=Phrase)
    responsible: Phrase = field(default_factory=Phrase)
    phone: str = ""
    email: str = ""


@transaction.atomic
def start_draft(body: Body, *, by: User, at: datetime) -> Draft:
    """Begin a draft with nothing in it but its first version.

    Raises PermissionDenied for anybody but officers of the body.
    """
    if not may_prepare(by, body):
        raise PermissionDenied
    draft = numbered(
        Draft.objects,
        at,
        lambda slug: Draft.objects.create(
            body=body, slug=slug, created_at=at, created_by=by, changed_at=at
        ),
    )
    Version.objects.create(draft=draft, number=1, created_at=at, created_by=by)
    record(by, "draft.started", subject_of(draft))
    return draft


@transaction.atomic
def change_passport(
    draft: Draft, passport: Passport, *, seen: int, by: User, at: datetime
) -> Draft:
    """Put the passport in place of the one whose edition was `seen`.

    Raises PermissionDenied, DraftIsOver, EditedSince; NotReady where a public draft would
    lack something its readers need.
    """
    refuse_strangers(draft, by)
    if not Draft.objects.filter(pk=draft.pk, edition=seen).update(edition=F("edition") + 1):
        raise EditedSince
    draft = Draft.objects.select_related("body", "newest", "discussion").get(pk=draft.pk)
    said = asdict(passport)
    changed = {
        name: str(getattr(draft, name)) for name in said if getattr(draft, name) != said[name]
    }
    for name in changed:
        setattr(draft, name, said[name])
    if draft.is_public and (missing := lacking(draft)):
        raise NotReady(", ".join(map(str, missing)))
    draft.changed_at = at
    draft.save()
    searching.enter(draft)
    record(by, "draft.passport", subject_of(draft), {"was": changed})
    return draft


def refuse_strangers(draft: Draft, by: User) -> None:
    """Raise PermissionDenied for officers of other bodies, DraftIsOver where nothing changes."""
    if not may_prepare(by, draft.body):
        raise PermissionDenied
    _hold(draft)
    if draft.is_over:
        raise DraftIsOver


def _hold(draft: Draft) -> None:
    """See the draft as it stands now; nobody else changes it until the action is done."""
    Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)
    draft.refresh_from_db(fields=["state", "discussion", "newest"])


def subject_of(draft: Draft) -> str:
    """How the trail names a draft."""
    return f"body:{draft.body.code}/draft:{draft.slug}"
