"""Telling people about a due date: those who answer for it, and those who follow the matter.

A matter is followed by its subject: a caller that names its subject like its topic
("question:2026-17") has its followers told of every change of the date.
"""

from collections.abc import Iterable, Sequence

from aiqyn.calendar.saying import filled
from aiqyn.text import Text
from aiqyn_portal.accounts.models import User
from aiqyn_portal.deadlines import queries
from aiqyn_portal.deadlines.models import Deadline, Event
from aiqyn_portal.deadlines.wording import letters, written
from aiqyn_portal.notices.actions import Notice, tell
from aiqyn_portal.notices.models import Subscription

What = Event.What
TOLD = (What.EXTENDED, What.SUSPENDED, What.RESUMED, What.HANDED_OVER, What.ASSIGNED)


def of_change(deadline: Deadline, event: Event) -> None:
    """Tell of what an officer did to the date."""
    if event.what not in TOLD:
        return
    to: list[User] = []
    if event.what == What.HANDED_OVER:
        to = queries.officers_of(deadline.body)
    elif event.what == What.ASSIGNED and deadline.officer:
        to = [deadline.officer]
    followed = event.what != What.ASSIGNED and deadline.is_public
    key = f"deadline:{deadline.pk}:{event.number}"
    _tell(event.what, deadline, to=to, key=key, followed=followed, reason=event.reason)


def of_stage(code: str, letter: str, deadline: Deadline, to: Iterable[User]) -> None:
    """Remind of a date, or tell that it was missed."""
    key = f"deadline:{deadline.pk}:{deadline.due_on}:{code}"
    _tell(letter, deadline, to=to, key=key)


def of_calendar(moved: Sequence[Deadline], reason: str, key: str) -> None:
    """Tell bodies how many of their dates moved, and followers which of theirs did."""
    by_body: dict[int, list[Deadline]] = {}
    for deadline in moved:
        by_body.setdefault(deadline.body_id, []).append(deadline)
    for rows in by_body.values():
        _tell_body(rows, reason, f"{key}:{rows[0].body.code}")
    public = {deadline.subject: deadline for deadline in moved if deadline.is_public}
    followed = Subscription.objects.filter(topic__in=public).values_list("topic", flat=True)
    for subject in sorted(set(followed)):
        deadline = public[subject]
        _tell("moved", deadline, to=(), key=f"{key}:{subject}", followed=True, reason=reason)


def _tell_body(rows: Sequence[Deadline], reason: str, key: str) -> None:
    letter, values = letters()["moved_of_body"], {"count": len(rows), "reason": reason}
    tell(
        Notice(
            code="deadline.moved_of_body",
            key=key,
            title=filled(letter.title, **values),
            text=filled(letter.text, **values),
            to=queries.officers_of(rows[0].body),
            view="deadlines:office",
        )
    )


def _tell(
    code: str,
    deadline: Deadline,
    *,
    to: Iterable[User],
    key: str,
    followed: bool = False,
    reason: str = "",
) -> None:
    letter = written(code, deadline, reason=Text(dict.fromkeys(("kk", "ru", "en"), reason)))
    tell(
        Notice(
            code=f"deadline.{code}",
            key=key,
            title=letter.title,
            text=letter.text,
            topics=(deadline.subject,) if followed else (),
            to=to,
            view="deadlines:deadline",
            arguments={"pk": deadline.pk},
        )
    )
