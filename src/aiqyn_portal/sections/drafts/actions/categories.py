"""Categories that people hold to be wrong: said by anybody, answered by the body."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aiqyn.text import LANGUAGES as ALL_LANGUAGES
from aiqyn_portal.accounts.acting import one_by_one
from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import texts
from aiqyn_portal.contributions.forms import new_form_key
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.drafts import searching
from aiqyn_portal.sections.drafts.actions.passports import subject_of
from aiqyn_portal.sections.drafts.contributing import CATEGORY
from aiqyn_portal.sections.drafts.models import CategoryReport, Draft
from aiqyn_portal.sections.drafts.permissions import may_prepare
from aiqyn_portal.sections.drafts.queries.desk import alike
from aiqyn_portal.sections.drafts.queries.readiness import LANGUAGES
from aiqyn_portal.sections.drafts.refusals import (
    CategoryMoved,
    CategoryTheSame,
    DecidedAlready,
    ReasonNeeded,
    ReportedAlready,
)
from aiqyn_portal.sections.drafts.wording import category_said
from aiqyn_portal.trail.actions import record


def report_category(draft: Draft, meant: str, why: str, *, by: User | None) -> CategoryReport:
    """Say that a draft belongs elsewhere; `by` is None for somebody who is not signed in.

    Such people together say the same of a draft once, whatever the body answers. Why they think
    so the body alone reads. Raises CategoryTheSame, ReportedAlready and what
    `contributions.actions.receive` raises.
    """
    if meant == draft.category:
        raise CategoryTheSame
    try:
        with transaction.atomic():
            return _reported(draft, meant, texts.masked(texts.clean(why)), by)
    except IntegrityError:
        raise ReportedAlready from None


def _reported(draft: Draft, meant: str, why: str, by: User | None) -> CategoryReport:
    if by is not None:
        one_by_one(by)
        mine = CategoryReport.objects.filter(draft=draft, meant=meant, contribution__author=by)
        if mine.filter(contribution__in=Contribution.objects.undecided()).exists():
            raise ReportedAlready
    code = (get_language() or "")[:2]
    text = _("The category should be “%(meant)s”, not “%(said)s”.")
    said = {"meant": category_said(meant), "said": category_said(draft.category)}
    made = contributions.receive(
        CATEGORY,
        draft.slug,
        author=by,
        form_key=new_form_key(),
        text=text % said,
        language=code if code in ALL_LANGUAGES else ALL_LANGUAGES[0],
        private=why,
    )
    return CategoryReport.objects.create(
        contribution=made, draft=draft, said=draft.category, meant=meant, is_strangers=by is None
    )


@transaction.atomic
def decide_category(
    report: CategoryReport,
    outcome: str,
    reason: str,
    words: Mapping[str, str],
    *,
    by: User,
    at: datetime,
) -> None:
    """Change the category, or say why it stays: one answer for all who said the same of it.

    Nobody is agreed with who spoke of a category that has been changed to a third one since.
    Raises PermissionDenied, ReasonNeeded, DecidedAlready, CategoryMoved and what
    `contributions.actions.decide` raises.
    """
    held = Draft.objects.select_for_update(of=("self",), no_key=True)  # others decide after us
    draft = held.select_related("body").get(pk=report.draft_id)
    if not may_prepare(by, draft.body):
        raise PermissionDenied
    plain = {code: texts.clean(words.get(code, "")) for code in LANGUAGES}
    if not all(map(texts.has_words, plain.values())):
        raise ReasonNeeded
    rows = [each.contribution for each in alike(report).select_related("contribution")]
    if report.contribution_id not in {row.pk for row in rows}:
        raise DecidedAlready
    is_agreed = outcome == Contribution.Outcome.ACCEPTED
    if is_agreed and draft.category not in {report.said, report.meant}:
        raise CategoryMoved
    contributions.decide(rows, by=by, outcome=outcome, reason=reason, words=plain)
    details = {"from": draft.category, "to": report.meant, "agrees": is_agreed}
    if is_agreed:
        draft.category, draft.changed_at = report.meant, at
        draft.save(update_fields=["category", "changed_at"])
        searching.enter(draft)
    record(by, "draft.category", subject_of(draft), details)
