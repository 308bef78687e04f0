"""What people make of data: told, looked at by a moderator, taken back by its author.

The trail keeps what moderators decide, and nothing of authors: they may leave, it may not change.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext, override

from aiqyn_portal.accounts.models import User
from aiqyn_portal.evidence.store import store
from aiqyn_portal.notices.actions import Notice, tell
from aiqyn_portal.sections.open_data import pictures, searching_people
from aiqyn_portal.sections.open_data.models import Dataset, Idea, Reuse
from aiqyn_portal.sections.open_data.permissions import may_moderate
from aiqyn_portal.sections.open_data.refusals import (
    AlreadyDecided,
    NotPublished,
    ReasonMissing,
    TooManyToday,
)
from aiqyn_portal.trail.actions import record

A_DAY = 5  # of one person


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What somebody tells of their own work."""

    kind: Reuse.Kind
    title: str
    text: str
    link: str
    display_name: str
    datasets: Sequence[Dataset]
    picture: bytes = b""
    idea: Idea | None = None  # it was made of


@transaction.atomic
def tell_reuse(made: Made, *, by: User, at: datetime) -> Reuse:
    """Hand it in; a moderator looks at it before anybody else does.

    Raises TooManyToday, NotPublished, pictures.PictureUnfit.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # they are counted one by one
    since = at - timedelta(days=1)
    if Reuse.objects.filter(told_by=by, told_at__gt=since).count() >= A_DAY:
        raise TooManyToday
    if not made.datasets or any(not row.newest_id for row in made.datasets):
        raise NotPublished
    content, media_type = pictures.plain(made.picture) if made.picture else (b"", "")
    row = Reuse.objects.create(
        kind=made.kind,
        title=made.title,
        text=made.text,
        link=made.link,
        display_name=made.display_name,
        picture=store().put(content) if content else "",
        picture_type=media_type,
        told_by=by,
        told_at=at,
    )
    row.datasets.set(made.datasets)
    if made.idea is not None:
        made.idea.reuses.add(row)
    return row


@transaction.atomic
def decide_reuse(row: Reuse, state: Reuse.State, reason: str, *, by: User, at: datetime) -> None:
    """Show it, or say why not; what is shown may be taken down later with a reason.

    Raises PermissionDenied, ReasonMissing, AlreadyDecided.
    """
    if not may_moderate(by):
        raise PermissionDenied
    if state == Reuse.State.REFUSED and not reason.strip():
        raise ReasonMissing
    waiting = Reuse.objects.filter(pk=row.pk).exclude(state__in=[state, Reuse.State.TAKEN_BACK])
    said = reason.strip() if state == Reuse.State.REFUSED else ""
    if not waiting.update(state=state, reason=said, decided_by=by, decided_at=at):
        raise AlreadyDecided
    details = {"state": state.value, "reason": said}
    record(by, "data.reuse_decided", f"reuse:{row.pk}", details)
    searching_people.enter_reuse(Reuse.objects.get(pk=row.pk))
    tell(_news(row, state, said, at), at=at)


def _news(row: Reuse, state: Reuse.State, reason: str, at: datetime) -> Notice:
    is_shown = state == Reuse.State.SHOWN
    return Notice(
        code="reuse.decided",
        key=f"reuse.decided:{row.pk}:{at.isoformat()}",
        title=_phrase(
            lambda: (
                (
                    gettext("“%(title)s” is shown in the gallery")
                    if is_shown
                    else gettext("“%(title)s” is not shown in the gallery")
                )
                % {"title": row.title}
            )
        ),
        text={} if is_shown else dict.fromkeys(_languages(), reason),
        to=[row.told_by],
        view="open_data:reuse",
        arguments={"pk": row.pk},
    )


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _phrase(words: Callable[[], str]) -> dict[str, str]:
    said = {}
    for code in _languages():
        with override(code):
            said[code] = words()
    return said


@transaction.atomic
def take_reuse_back(row: Reuse, *, by: User) -> None:
    """Its author no longer wants it seen; raises PermissionDenied, AlreadyDecided."""
    if row.told_by_id != by.pk:
        raise PermissionDenied
    others = Reuse.objects.filter(pk=row.pk).exclude(state=Reuse.State.TAKEN_BACK)
    if not others.update(state=Reuse.State.TAKEN_BACK, reason=""):
        raise AlreadyDecided
    searching_people.enter_reuse(Reuse.objects.get(pk=row.pk))
