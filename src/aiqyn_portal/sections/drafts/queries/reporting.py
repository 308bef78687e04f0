"""The result report of a discussion: it writes itself from the decisions.

Position: what one comment says, or a group of comments that say the same and got one decision.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from aiqyn_portal.base.fields import Phrase
from aiqyn_portal.contributions.models import Contribution, Step
from aiqyn_portal.contributions.reasons import reasons
from aiqyn_portal.sections.drafts.models import Discussion, Draft, Paragraph
from aiqyn_portal.sections.drafts.queries.commenting import comments

OUTCOMES = ("accepted", "partly", "declined", "passed_on", "")  # in this order; "" waits


@dataclass(frozen=True, slots=True)
class Changed:
    """A paragraph of a version in which a decision is reflected."""

    version: int
    key: int
    label: Phrase | str  # one text of both languages, of steps made before they were kept apart
    words: Phrase

    @property
    def in_both(self) -> str:
        """What it is called, in both languages: "8-тармақ / пункт 8"."""
        if isinstance(self.label, str):
            return self.label
        return " / ".join(dict.fromkeys(self.label.values()))


@dataclass(slots=True)
class Position:
    """What was said, what was decided, why, and what has changed."""

    comments: list[Contribution]
    paragraph: Paragraph | None = None  # of the discussed version; None: the draft as a whole
    words: Phrase = field(default_factory=Phrase)
    changed: list[Changed] = field(default_factory=list)

    @property
    def leading(self) -> Contribution:
        """The comment that speaks for the position: the one with most support."""
        return max(self.comments, key=lambda each: (each.votes_for, -each.pk))

    @property
    def outcome(self) -> str:
        return self.leading.outcome

    @property
    def reason(self) -> Phrase:
        """The reason from the list, in all languages."""
        known = reasons().get(self.leading.reason)
        return Phrase(known.title) if known else Phrase()

    @property
    def numbers(self) -> list[str]:
        return [each.number for each in self.comments]

    @property
    def votes_for(self) -> int:
        return sum(each.votes_for for each in self.comments)

    @property
    def votes_against(self) -> int:
        return sum(each.votes_against for each in self.comments)


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report."""

    draft: Draft
    discussion: Discussion
    positions: list[Position]
    hidden: int  # removed by moderators, or taken back by their authors

    @property
    def said(self) -> int:
        """Comments, replies too."""
        return sum(len(each.comments) for each in self.positions)

    @property
    def people(self) -> int:
        return len({each.author_id or each.number for p in self.positions for each in p.comments})

    @property
    def outcomes(self) -> dict[str, int]:
        """Outcome → positions."""
        return {
            outcome: sum(each.outcome == outcome for each in self.positions) for outcome in OUTCOMES
        }

    @property
    def outcomes_of_comments(self) -> dict[str, int]:
        """Outcome → comments."""
        return {
            outcome: sum(each.outcome == outcome for p in self.positions for each in p.comments)
            for outcome in OUTCOMES
        }


def of_discussion(draft: Draft, discussion: Discussion) -> Report:
    """Return the report of a discussion, as the decisions stand now."""
    rows = list(_said_in(draft, discussion).order_by("pk"))
    public = [row for row in rows if row.is_public]
    steps = _steps(public)
    paragraphs = _paragraphs(discussion, public)
    positions = [
        _position(each, steps, paragraphs.get(each[0].anchor)) for each in _grouped(public)
    ]
    positions.sort(key=_reading_order)
    return Report(draft, discussion, positions, len(rows) - len(public))


def _said_in(draft: Draft, discussion: Discussion) -> QuerySet[Contribution]:
    """What was said in this discussion: after the one before was closed, before this one was."""
    before = draft.discussions.filter(number__lt=discussion.number).order_by("-number").first()
    when = Q()
    if before is not None and before.closed_at is not None:
        when &= Q(made_at__gt=before.closed_at)
    if discussion.closed_at is not None:
        when &= Q(made_at__lte=discussion.closed_at)
    return comments(draft).filter(when)


def _grouped(rows: Iterable[Contribution]) -> list[list[Contribution]]:
    """Comments decided as one; a reply without a group belongs to what it replies to."""
    found: dict[Any, list[Contribution]] = {}
    home: dict[int, Any] = {}
    for row in rows:
        name: Any = ("group", row.group_id) if row.group_id else ("one", row.pk)
        parent = home.get(row.parent_id or 0)
        if parent is not None and not row.group_id and _agrees(row, found[parent][0]):
            name = parent
        home[row.pk] = name
        found.setdefault(name, []).append(row)
    return list(found.values())


def _agrees(row: Contribution, other: Contribution) -> bool:
    return (row.outcome, row.reason) == (other.outcome, other.reason)


def _steps(rows: Sequence[Contribution]) -> dict[int, list[Step]]:
    """Decisions and reflections of these comments, in their order."""
    kinds = (Step.What.DECIDED, Step.What.REFLECTED)
    found: dict[int, list[Step]] = {}
    asked = Step.objects.filter(contribution__in=[row.pk for row in rows], what__in=kinds)
    for step in asked.select_related("erasable").order_by("contribution", "number"):
        found.setdefault(step.contribution_id, []).append(step)
    return found


def _paragraphs(discussion: Discussion, rows: Iterable[Contribution]) -> dict[str, Paragraph]:
    """Anchor → the paragraph as it was discussed."""
    keys = {int(row.anchor) for row in rows if row.anchor.isdecimal()}
    found = Paragraph.objects.filter(version=discussion.version_id, key__in=keys)
    return {str(row.key): row for row in found}


def _position(
    said: list[Contribution], steps: dict[int, list[Step]], paragraph: Paragraph | None
) -> Position:
    position = Position(said, paragraph)
    for step in (each for row in said for each in steps.get(row.pk, [])):
        if step.what == Step.What.DECIDED and not position.words:
            position.words = Phrase(step.words)
        if step.what == Step.What.REFLECTED and (changed := _changed(step)):
            position.changed.append(changed)
    position.changed = list({(c.version, c.key): c for c in position.changed}.values())
    return position


def _changed(step: Step) -> Changed | None:
    where = step.details
    if "paragraph" not in where:
        return None
    return Changed(
        int(where["version"]), int(where["paragraph"]), where.get("article", ""), Phrase(step.words)
    )


def _reading_order(position: Position) -> tuple[int, int]:
    """By the place of the paragraph; what is said of the whole comes first."""
    place = position.paragraph.position if position.paragraph else 0
    return place, position.comments[0].pk
