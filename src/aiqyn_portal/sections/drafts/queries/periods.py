"""Discussions of a period with all that is asked of them, in a few queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from aiqyn.likeness import template_answers
from aiqyn_portal.bodies.models import Body
from aiqyn_portal.contributions.models import Contribution, Step
from aiqyn_portal.sections.drafts.models import Discussion
from aiqyn_portal.sections.drafts.queries.commenting import KIND

LANGUAGES = ("kk", "ru")


@dataclass(frozen=True, kw_only=True)
class Held:
    """One discussion as it stood at the end of the period; nothing of citizens in it."""

    draft: str  # its slug
    number: int
    title: dict[str, str]
    address: str
    noticed_on: date
    opens_on: date
    due_on: date
    closes_on: date
    report_due_on: date | None
    reported_on: date | None  # None: not within the period
    until: date  # the last day of the period
    languages: int  # texts of its version
    channels: int  # places beside the portal where people were invited
    was_misplaced: bool  # a reader was right about its category
    comments: int
    people: int  # who commented; all who have left the platform count as one
    decided: int
    taken: int  # accepted, wholly or in part
    reasoned: int  # decisions explained in both languages
    own: int  # decisions that are no template

    @property
    def is_noticed(self) -> bool:
        return self.noticed_on <= self.opens_on

    @property
    def keeps_term(self) -> bool:
        return self.closes_on >= self.due_on

    @property
    def is_in_both(self) -> bool:
        return self.languages == len(LANGUAGES)

    @property
    def is_repeated(self) -> bool:
        return self.number > 1

    @property
    def told(self) -> bool:
        """A repeated discussion is told of by the portal itself, in the act that starts it."""
        return self.is_repeated

    @property
    def report_is_due(self) -> bool:
        """Whether its report should be there by the end of the period, or is."""
        is_due = self.report_due_on is not None and self.report_due_on <= self.until
        return is_due or self.reported_on is not None

    @property
    def is_reported(self) -> bool:
        """Whether the report came, and no later than its day."""
        if self.reported_on is None:
            return False
        return self.report_due_on is None or self.reported_on <= self.report_due_on


@dataclass(slots=True)
class _Said:
    """Comments of one discussion, counted."""

    comments: int = 0
    authors: set[int | None] = field(default_factory=set)
    decided: int = 0
    taken: int = 0
    reasoned: int = 0
    own: int = 0


def of_body(body: Body, *, since: date, until: date) -> list[Held]:
    """Discussions of a body whose last day for comments lies in the period."""
    rows = (
        Discussion.objects.filter(draft__body=body, closes_on__range=(since, until))
        .exclude(draft__state="withdrawn", closed_at__isnull=True)
        .select_related("draft", "version")
        .annotate(
            told_on=Count("announcements__channel", distinct=True),
            languages=Count("version__texts", distinct=True),
            misplaced=Count(
                "draft__category_reports",
                filter=Q(draft__category_reports__contribution__outcome="accepted"),
                distinct=True,
            ),
        )
        .order_by("closes_on", "pk")
    )
    discussions = list(rows)
    said = _said(discussions, until)
    return [_held(row, said[row.pk], until) for row in discussions]


def _held(row: Discussion, said: _Said, until: date) -> Held:
    reported = timezone.localdate(row.closed_at) if row.closed_at else None
    counted = row.__dict__  # what the query has counted beside the columns
    return Held(
        draft=row.draft.slug,
        number=row.number,
        title=dict(row.draft.title),
        address=settings.PUBLIC_ADDRESS + reverse("draft_permanent", args=[row.draft.slug]),
        noticed_on=timezone.localdate(row.noticed_at),
        opens_on=row.opens_on,
        due_on=row.due_on,
        closes_on=row.closes_on,
        report_due_on=row.report_due_on,
        reported_on=reported if reported and reported <= until else None,
        until=until,
        languages=counted["languages"],
        channels=counted["told_on"],
        was_misplaced=bool(counted["misplaced"]),
        comments=said.comments,
        people=len(said.authors),
        decided=said.decided,
        taken=said.taken,
        reasoned=said.reasoned,
        own=said.own,
    )


def _said(discussions: Sequence[Discussion], until: date) -> dict[int, _Said]:
    """Comments by discussion, counted as they stood at the end of `until`."""
    found = {row.pk: _Said() for row in discussions}
    rounds = _rounds(discussions)
    rows = Contribution.objects.public().filter(kind=KIND, about_key__in=rounds)
    words = _words(rounds)
    answers: dict[int, list[Contribution]] = {}
    for comment in rows.order_by("pk").iterator():
        home = _home(comment, rounds[comment.about_key])
        if home not in found:
            continue
        found[home].comments += 1
        found[home].authors.add(comment.author_id)
        if comment.decided_at and timezone.localdate(comment.decided_at) <= until:
            _count(found[home], comment, words.get(comment.pk, {}))
            answers.setdefault(home, []).append(comment)
    for pk, decided in answers.items():
        found[pk].own = _own(decided, words)
    return found


def _rounds(discussions: Sequence[Discussion]) -> dict[str, list[Discussion]]:
    """Slug → all discussions of the draft, in their order."""
    drafts = {row.draft_id for row in discussions}
    found: dict[str, list[Discussion]] = {}
    rows = Discussion.objects.filter(draft__in=drafts).select_related("draft")
    for row in rows.order_by("number"):
        found.setdefault(row.draft.slug, []).append(row)
    return found


def _home(comment: Contribution, rounds: list[Discussion]) -> int:
    """The discussion a comment was made in: the first not closed by then; 0 where there is none."""
    open_then = (r for r in rounds if r.closed_at is None or comment.made_at <= r.closed_at)
    return next((row.pk for row in open_then), 0)


def _count(counted: _Said, comment: Contribution, words: dict[str, str]) -> None:
    counted.decided += 1
    counted.taken += comment.outcome in ("accepted", "partly")
    counted.reasoned += bool(comment.reason) and all(words.get(code) for code in LANGUAGES)


def _words(slugs: Iterable[str]) -> dict[int, dict[str, str]]:
    """What was answered to each comment on these drafts."""
    steps = Step.objects.filter(
        contribution__kind=KIND, contribution__about_key__in=slugs, what=Step.What.DECIDED
    )
    return {
        step.contribution_id: dict(step.words)
        for step in steps.select_related("erasable").order_by("number")
    }


def _own(decided: list[Contribution], words: dict[int, dict[str, str]]) -> int:
    """Decisions that are no template; what is decided at one moment is one decision."""
    told: dict[datetime | None, Contribution] = {}
    for comment in decided:
        told.setdefault(comment.decided_at, comment)
    pairs = [_pair(comment, words.get(comment.pk, {})) for comment in told.values()]
    verdicts = dict(zip(told, template_answers(pairs), strict=True))
    return sum(not verdicts[comment.decided_at].is_template for comment in decided)


def _pair(comment: Contribution, words: dict[str, str]) -> tuple[str, str]:
    """What was said, and what was answered in the same language."""
    language = comment.language if comment.language in words else "kk"
    return f"{comment.text} {comment.wording}", words.get(language, "")
