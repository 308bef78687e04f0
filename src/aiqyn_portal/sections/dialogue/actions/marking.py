"""The asker says whether the answer was one."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from aiqyn_portal.accounts.models import User
from aiqyn_portal.contributions import actions as contributions
from aiqyn_portal.contributions import texts
from aiqyn_portal.contributions.permissions import is_author
from aiqyn_portal.sections.dialogue.models import Mark, Question
from aiqyn_portal.sections.dialogue.refusals import MarkedAlready, NotYetAnswered, ReasonMissing

Said = Question.Said
LONGEST_REASON = 1000


@transaction.atomic
def mark(question: Question, *, by: User, said: str, satisfaction: int, reason: str = "") -> Mark:
    """Mark the newest answer: answered, partly, not; and how satisfied one is, 1 to 5.

    The first "not answered" opens the question again, with a term of its own; a second one only
    counts. Raises PermissionDenied, NotYetAnswered, MarkedAlready, ReasonMissing; ValueError for
    a mark there is none.
    """
    row = (
        Question.objects.select_for_update(of=("self",), no_key=True)
        .select_related("contribution")
        .get(pk=question.pk)
    )
    if not is_author(by, row.contribution):
        raise PermissionDenied
    newest = row.answers.order_by("-made_at", "-pk").first()
    if newest is None or not row.contribution.is_decided:
        raise NotYetAnswered
    if row.marks.filter(answer=newest).exists():
        raise MarkedAlready
    kept = texts.masked(texts.clean(reason))[:LONGEST_REASON]
    if said not in (Said.ANSWERED, Said.PARTLY, Said.NOT) or satisfaction not in range(1, 6):
        raise ValueError((said, satisfaction))
    if said == Said.NOT and not texts.has_words(kept):
        raise ReasonMissing
    made = Mark.objects.create(
        question=row,
        answer=newest,
        said=said,
        satisfaction=satisfaction,
        reason=kept,
        at=timezone.now(),
    )
    contributions.rate(row.contribution, by=by, said=said, satisfaction=satisfaction, words=kept)
    row.said, row.satisfaction = said, satisfaction
    if said == Said.NOT and not row.was_reopened:
        row.was_reopened = True
        contributions.reopen(row.contribution, by=None, words=kept)
    row.save(update_fields=["said", "satisfaction", "was_reopened"])
    return made
