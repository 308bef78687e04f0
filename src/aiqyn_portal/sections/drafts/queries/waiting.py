"""What an officer has before him: positions without a decision, decisions to reflect."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.drafts.models import Draft, Paragraph
from aiqyn_portal.sections.drafts.queries.commenting import comments, undecided

State, Outcome = Contribution.State, Contribution.Outcome
MOST_SHOWN = 3  # comments of a group shown before its count
MOST_PARAGRAPHS = 300


@dataclass(slots=True)
class Waiting:
    """One position: a comment, or a group of those that say the same."""

    name: str  # of the box that chooses it: "c12" or "g3"
    comments: list[Contribution] = field(default_factory=list)
    replies: int = 0
    paragraph: Paragraph | None = None

    @property
    def shown(self) -> list[Contribution]:
        return self.comments[:MOST_SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.comments) - MOST_SHOWN)


def positions(draft: Draft) -> list[Waiting]:
    """Undecided comments in reading order; replies are counted with what they reply to."""
    found: dict[str, Waiting] = {}
    replies: list[Contribution] = []
    for row in undecided(draft):
        if row.parent_id:
            replies.append(row)
            continue
        name = f"g{row.group_id}" if row.group_id else f"c{row.pk}"
        found.setdefault(name, Waiting(name)).comments.append(row)
    _count_replies(found, replies)
    _place(draft, found.values())
    return sorted(found.values(), key=_reading_order)


def _count_replies(found: dict[str, Waiting], replies: Sequence[Contribution]) -> None:
    home = {row.pk: each for each in found.values() for row in each.comments}
    for reply in replies:
        known = home.get(reply.parent_id or 0)
        if known is None:  # what it replies to is decided, or gone: it needs its own decision
            found[f"c{reply.pk}"] = Waiting(f"c{reply.pk}", [reply])
        else:
            known.replies += 1


def paragraph_of(draft: Draft, chosen: Sequence[Contribution]) -> Paragraph | None:
    """The one paragraph all these comments are about; None where there are several, or none."""
    anchors = {each.anchor for each in chosen}
    return _newest(draft, anchors).get(anchors.pop()) if len(anchors) == 1 else None


def _newest(draft: Draft, anchors: Iterable[str]) -> dict[str, Paragraph]:
    """Anchor → its paragraph in the newest published version that has it."""
    keys = {int(anchor) for anchor in anchors if anchor.isdecimal()}
    rows = Paragraph.objects.filter(
        version__draft=draft, version__published_at__isnull=False, key__in=keys
    ).order_by("version__number")
    return {str(row.key): row for row in rows}  # the newest of each is the last


def _place(draft: Draft, found: Collection[Waiting]) -> None:
    paragraphs = _newest(draft, [each.comments[0].anchor for each in found])
    for each in found:
        each.paragraph = paragraphs.get(each.comments[0].anchor)


def _reading_order(position: Waiting) -> tuple[int, int]:
    place = position.paragraph.position if position.paragraph else 0
    return place, position.comments[0].pk


def of(draft: Draft, ones: Sequence[int], groups: Sequence[int]) -> list[Contribution]:
    """The undecided comments with these numbers, and of these groups."""
    return list(undecided(draft).filter(Q(pk__in=ones) | Q(group__in=groups)).order_by("pk"))


def to_reflect(draft: Draft) -> list[Contribution]:
    """Accepted comments of which nobody has said yet what they have changed."""
    taken = (
        comments(draft)
        .public()
        .filter(outcome__in=[Outcome.ACCEPTED, Outcome.PARTLY], state=State.DECIDED)
    )
    return list(taken.order_by("pk")[:200])


def changed_paragraphs(draft: Draft) -> list[Paragraph]:
    """Paragraphs the newest version has changed: where a decision is most likely reflected."""
    if draft.newest is None:
        return []
    changed = draft.newest.paragraphs.exclude(fate__in=["", "same", "renumbered"])
    return list(changed[:MOST_PARAGRAPHS])
