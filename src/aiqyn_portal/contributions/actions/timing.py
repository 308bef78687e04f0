"""The clock of a contribution: begins when it is registered, stops when it is decided."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from aiqyn.text import LANGUAGES
from aiqyn_portal.contributions import kinds
from aiqyn_portal.contributions.actions.steps import Act, What
from aiqyn_portal.contributions.kinds import Kind
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.deadlines import actions as deadlines
from aiqyn_portal.deadlines import queries as deadline_queries

BEGINS = (What.REGISTERED, What.REOPENED, What.RESTORED)
ENDS = (What.DECIDED, What.DONE)
FALLS_AWAY = (What.WITHDRAWN, What.MODERATED)


def start(row: Contribution, kind: Kind, *, again: bool = False) -> None:
    """Start the clock of the kind's term, where it has one."""
    term = (kind.term_again or kind.term) if again else kind.term
    if term is None:
        return
    # a page is the same in every language; the address kept is the author's
    with override(row.language):
        href = reverse("contributions:one", args=[row.number])
    deadline = deadlines.start(
        row.subject,
        term=term,
        body=row.body,
        title=titled(row, kind),
        on=timezone.localdate(row.made_at) if not again else None,
        href=href,
    )
    row.due_on = deadline.due_on
    Contribution.objects.filter(pk=row.pk).update(due_on=row.due_on)


def keep_time(row: Contribution, act: Act) -> None:
    """Let the clock follow what has happened to a contribution."""
    kind = kinds.get(row.kind)
    if kind is None or kind.term is None:
        return
    if act.what in BEGINS and not row.is_decided:
        if act.what == What.RESTORED and not deadline_queries.of([row.subject])[row.subject]:
            return  # brought over without a term, it gets none by a mistake of ours
        start(row, kind, again=act.what == What.REOPENED)
    elif act.what in ENDS:
        deadlines.meet(row.subject, act.at)
    elif act.what in FALLS_AWAY:
        deadlines.withdraw(row.subject, act.at)
    elif act.what == What.PASSED_ON:
        _hand_over(row, act)


def _hand_over(row: Contribution, act: Act) -> None:
    for deadline in deadline_queries.of([row.subject])[row.subject]:
        if deadline.is_open:
            deadlines.hand_over(deadline, row.body, by=act.by)


def titled(row: Contribution, kind: Kind) -> dict[str, str]:
    """How a due date is called: kind and number; what it says is on its page."""
    named = {}
    for code in LANGUAGES:
        with override(code):
            named[code] = f"{kind.title}: № {row.number}"
    return named
