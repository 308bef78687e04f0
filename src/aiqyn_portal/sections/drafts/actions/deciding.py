"""Decisions on comments, and the paragraphs in which they are reflected."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import override

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.drafts.actions.passports import refuse_strangers
from aiqyn_portal.sections.drafts.models import Draft, Paragraph
from aiqyn_portal.sections.drafts.queries.commenting import comments
from aiqyn_portal.sections.drafts.queries.readiness import LANGUAGES
from aiqyn_portal.sections.drafts.queries.waiting import replies
from aiqyn_portal.sections.drafts.refusals import ParagraphUnknown, ReasonNeeded


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a body decides about one comment or many."""

    outcome: str
    reason: str
    words: Phrase
    passed_to: Body | None = None


@transaction.atomic
def decide(
    draft: Draft,
    chosen: Iterable[Contribution],
    decision: Decision,
    *,
    by: User,
    until: int = 0,
    alone: Collection[int] = (),
) -> int:
    """Decide about comments of a draft; returns how many. Replies go with what they reply to, but
    for those made after the comment `until`, which nobody has seen, and those in `alone`.

    Raises PermissionDenied, DraftIsOver, ReasonNeeded and what `contributions.decide` raises.
    """
    refuse_strangers(draft, by)
    if not all(decision.words.get(language, "").strip() for language in LANGUAGES):
        raise ReasonNeeded
    keys = {each.pk for each in chosen}
    rows = list(comments(draft).filter(pk__in=keys))
    rows += replies(draft, rows, until=until, alone=alone)
    contributions.decide(
        rows,
        by=by,
        outcome=decision.outcome,
        reason=decision.reason,
        words=decision.words,
        passed_to=decision.passed_to,
    )
    return len(rows)


@transaction.atomic
def reflect(draft: Draft, comment: Contribution, key: int, words: Phrase, *, by: User) -> None:
    """Say which paragraph of the newest version an accepted comment has changed.

    Raises PermissionDenied, DraftIsOver, ParagraphUnknown, and NotDecided of the contributions.
    """
    refuse_strangers(draft, by)
    row = Paragraph.objects.filter(version=draft.newest, key=key).first()
    if row is None or draft.newest is None:
        raise ParagraphUnknown
    where = {
        "version": str(draft.newest.number),
        "article": _named(row),
        "paragraph": row.key,
        "href": reverse("draft_paragraph", args=[draft.slug, row.key]),
    }
    contributions.reflect(comment, by=by, where=where, words=words)


def _named(row: Paragraph) -> dict[str, str]:
    """What the paragraph is called, in each of the two languages: "8-тармақ", "пункт 8"."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = str(row)
    return said
