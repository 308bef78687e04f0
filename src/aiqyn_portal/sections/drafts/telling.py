"""What followers and commenters of a draft are told, each time something happens to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from aiqyn_portal.accounts.models import User
from aiqyn_portal.base.fields import Phrase, in_all
from aiqyn_portal.base.formats import say_date, say_moment
from aiqyn_portal.deadlines.queries import officers_of
from aiqyn_portal.notices.actions import Notice, tell
from aiqyn_portal.sections.drafts.models import (
    Discussion,
    Draft,
    Meeting,
    Version,
)
from aiqyn_portal.sections.drafts.queries.commenting import commenters


@dataclass(frozen=True, slots=True)
class _News:
    """What is told; the words are said once in every language."""

    code: str
    key: str  # with the code: told again under it, nobody hears twice
    title: Callable[[], str]
    text: Callable[[], str]
    to: Iterable[User] = ()
    topics: list[str] = field(default_factory=list)  # none: of the draft itself
    view: str = "drafts:draft"  # where to read on


def topic_of(draft: Draft) -> str:
    """How the notices name a draft."""
    return f"draft:{draft.slug}"


def started(draft: Draft, discussion: Discussion, *, by: User, at: datetime) -> None:
    """Followers of the body and of the category hear of it; of a repeated one also commenters."""
    again = discussion.number > 1

    def title() -> str:
        said = {"title": draft.title}
        if again:
            return _("Discussed once more: %(title)s") % said
        return _("Discussion begins: %(title)s") % said

    def text() -> str:
        days = {"from": say_date(discussion.opens_on), "until": say_date(discussion.closes_on)}
        return _("Comments are taken from %(from)s until %(until)s.") % days

    topics = [topic_of(draft), f"body:{draft.body.code}", f"category:{draft.category}"]
    to = commenters(draft) if again else ()
    code = "draft.repeated" if again else "draft.started"
    key = f"{draft.slug}/{discussion.number}"
    _tell(draft, _News(code, key, title, text, to=to, topics=topics), by=by, at=at)


def report_due(draft: Draft) -> Phrase:
    """What the deadlines call the report."""
    return in_all(lambda: _("Report on the discussion: %(title)s") % {"title": draft.title})


def extended(
    draft: Draft, discussion: Discussion, reason: Phrase, *, by: User, at: datetime
) -> None:
    """Comments are taken longer than was told."""

    def title() -> str:
        return _("Discussion goes on longer: %(title)s") % {"title": draft.title}

    def text() -> str:
        until = {"until": say_date(discussion.closes_on), "reason": reason}
        return _("Comments are taken until %(until)s. %(reason)s") % until

    key = f"{draft.slug}/{discussion.number}/{discussion.closes_on}"
    _tell(draft, _News("draft.extended", key, title, text, to=commenters(draft)), by=by, at=at)


def moved(draft: Draft, discussion: Discussion, reason: str, key: str, *, at: datetime) -> None:
    """A day was entered in the calendar: comments are taken longer than was told."""

    def title() -> str:
        return _("The last day of a discussion has moved: %(title)s") % {"title": draft.title}

    def text() -> str:
        said = {"until": say_date(discussion.closes_on), "reason": reason}
        return _("The calendar has changed: comments are taken until %(until)s. %(reason)s") % said

    to = [*commenters(draft), *officers_of(draft.body)]
    news = _News("draft.moved", f"{draft.slug}/{key}", title, text, to=to)
    _tell(draft, news, by=None, at=at)


def new_version(draft: Draft, version: Version, *, by: User, at: datetime) -> None:
    """Commenters hear that the text has changed under their comments."""

    def title() -> str:
        return _("New version: %(title)s") % {"title": draft.title}

    def text() -> str:
        return _("Version %(number)s is published. Comments have followed their paragraphs.") % {
            "number": version.number
        }

    key = f"{draft.slug}/v{version.number}"
    _tell(draft, _News("draft.version", key, title, text, to=commenters(draft)), by=by, at=at)


def reported(draft: Draft, discussion: Discussion, *, by: User, at: datetime) -> None:
    """The report is out: whoever commented can see what became of it."""

    def title() -> str:
        return _("Report on the discussion: %(title)s") % {"title": draft.title}

    def text() -> str:
        return _("Every comment has its decision and its reason.")

    key = f"{draft.slug}/{discussion.number}"
    to = commenters(draft)
    news = _News("draft.reported", key, title, text, to=to, view="drafts:report")
    _tell(draft, news, by=by, at=at)


def ended(draft: Draft, *, by: User, at: datetime) -> None:
    """The draft became an act, or is given up."""
    is_adopted = draft.state == Draft.State.ADOPTED

    def title() -> str:
        said = {"title": draft.title}
        if is_adopted:
            return _("Adopted: %(title)s") % said
        return _("Withdrawn: %(title)s") % said

    def text() -> str:
        return draft.ended_number if is_adopted else str(draft.reason)

    code = "draft.adopted" if is_adopted else "draft.withdrawn"
    _tell(draft, _News(code, draft.slug, title, text, to=commenters(draft)), by=by, at=at)


def meeting(held: Meeting, *, by: User, at: datetime) -> None:
    """An hour of discussion or a hearing is announced."""
    draft = held.draft

    def title() -> str:
        said = {"kind": held.get_kind_display(), "title": draft.title}
        return _("%(kind)s: %(title)s") % said

    def text() -> str:
        return f"{say_moment(held.starts_at)}. {held.place}"

    topics = [topic_of(draft), f"body:{draft.body.code}"]
    key = f"{held.pk}"
    _tell(
        draft,
        _News("draft.meeting", key, title, text, to=commenters(draft), topics=topics),
        by=by,
        at=at,
    )


def meeting_off(held: Meeting, *, by: User, at: datetime) -> None:
    """A meeting does not take place."""

    def title() -> str:
        said = {"kind": held.get_kind_display(), "title": held.draft.title}
        return _("Called off. %(kind)s: %(title)s") % said

    def text() -> str:
        return held.called_off

    topics = [topic_of(held.draft), f"body:{held.draft.body.code}"]
    to = commenters(held.draft)
    news = _News("draft.meeting_off", f"{held.pk}", title, text, to, topics)
    _tell(held.draft, news, by=by, at=at)


def _tell(draft: Draft, news: _News, *, by: User | None, at: datetime) -> None:
    notice = Notice(
        code=news.code,
        key=f"{news.code}:{news.key}",
        title=in_all(news.title),
        text=in_all(news.text),
        topics=news.topics or [topic_of(draft)],
        to=news.to,
        but=[by] if by else [],
        view=news.view,
        arguments={"slug": draft.slug},
    )
    tell(notice, at=at)
