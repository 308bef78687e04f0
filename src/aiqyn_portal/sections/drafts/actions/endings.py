"""How a draft ends: adopted as an act, or withdrawn with a reason."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.sections.drafts import searching, telling
from aiqyn_portal.sections.drafts.actions.passports import refuse_strangers, subject_of
from aiqyn_portal.sections.drafts.models import Draft
from aiqyn_portal.sections.drafts.queries.readiness import LANGUAGES
from aiqyn_portal.sections.drafts.refusals import NoDiscussion, NotReported, ReasonNeeded
from aiqyn_portal.trail.actions import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """The act a draft has become."""

    number: str  # "№ 123, 2026-12-01"
    link: str = ""


@transaction.atomic
def adopt(draft: Draft, adoption: Adoption, *, by: User, at: datetime) -> None:
    """Say which act came of it. Raises PermissionDenied, DraftIsOver, NotReported."""
    refuse_strangers(draft, by)
    if draft.state != Draft.State.REPORTED:
        raise NotReported
    draft.ended_number, draft.ended_link = adoption.number, adoption.link
    details = {"number": adoption.number, "link": adoption.link}
    _end(draft, Draft.State.ADOPTED, at)
    record(by, "draft.adopted", subject_of(draft), details)
    telling.ended(draft, by=by, at=at)


@transaction.atomic
def withdraw(draft: Draft, reason: Phrase, *, by: User, at: datetime) -> None:
    """Give a public draft up; comments keep their page and their fate.

    Raises PermissionDenied, DraftIsOver, NoDiscussion, ReasonNeeded.
    """
    refuse_strangers(draft, by)
    if not draft.is_public:
        raise NoDiscussion
    if not all(reason.get(language, "").strip() for language in LANGUAGES):
        raise ReasonNeeded
    draft.reason = reason
    _end(draft, Draft.State.WITHDRAWN, at)
    record(by, "draft.withdrawn", subject_of(draft), {"reason": reason})
    telling.ended(draft, by=by, at=at)


def _end(draft: Draft, state: Draft.State, at: datetime) -> None:
    draft.state, draft.ended_at, draft.changed_at = state, at, at
    draft.save()
    searching.enter(draft)
