"""Comments in threads: one for each position, its near copies folded, its replies below it.

Which comments head a thread is asked in `queries.talk`; here is what is shown below each.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet, Window
from django.db.models.functions import RowNumber

from aiqyn_portal.contributions import queries as contributions
from aiqyn_portal.contributions.grouping.models import Member
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.drafts.models import Draft, Paragraph
from aiqyn_portal.sections.drafts.queries import talk
from aiqyn_portal.sections.drafts.queries.commenting import placed, said_of

OUTCOMES = ("accepted", "partly", "declined", "passed_on", "waiting")


@dataclass(slots=True)
class Said:
    """One comment as everybody sees it."""

    row: Contribution
    removal: Mapping[str, str] | None = None  # the rule it broke


@dataclass(slots=True)
class Thread:
    """A comment with what belongs to it."""

    head: Said
    alike: list[Said] = field(default_factory=list)  # the first talk.MOST_ALIKE of them
    replies: list[Said] = field(default_factory=list)
    paragraph: Paragraph | None = None  # where it stands in the newest version
    is_orphan: bool = False  # its paragraph is gone
    folded: int = 0  # all that say the same, besides the head
    is_fold: bool = False  # they are near copies that nobody has made a group

    @property
    def not_shown(self) -> int:
        """Those that say the same and do not stand in `alike`."""
        return self.folded - len(self.alike)

    @property
    def everything(self) -> list[Said]:
        return [self.head, *self.alike, *self.replies]


def threads(
    slug: str, shown: list[Contribution], alone: Collection[int] = frozenset()
) -> list[Thread]:
    """The threads of one page of a draft: a few queries, however many comments.

    `alone` are those of them that are known to have nothing below them, by primary key.
    """
    found = {head.pk: Thread(Said(head)) for head in shown}
    others = {pk: thread for pk, thread in found.items() if pk not in alone}
    if others:
        _fold(slug, others, set(found))
        _give_replies(slug, others.values())
    _give_reasons([each for thread in found.values() for each in thread.everything])
    return list(found.values())


def give_votes(thread: Thread, votes: Mapping[int, tuple[int, int]]) -> None:
    """Let it show these votes, by primary key, and only the comments named there.

    What is kept under facts has to be drawn of them: votes come back to an old number, and who has
    joined may leave again; the steps of a comment only grow.
    """
    come_since = sum(each.row.pk not in votes for each in thread.alike)
    thread.folded -= come_since
    thread.alike = [each for each in thread.alike if each.row.pk in votes]
    thread.replies = [each for each in thread.replies if each.row.pk in votes]
    for each in thread.everything:
        each.row.votes_for, each.row.votes_against = votes[each.row.pk]


def _give_replies(slug: str, found: Collection[Thread]) -> None:
    home = {each.row.pk: thread for thread in found for each in thread.everything}
    replies = said_of(slug).filter(parent__in=home).select_related("body", "group")
    for reply in replies.order_by("pk"):
        home[reply.parent_id or 0].replies.append(Said(reply))


def _fold(slug: str, found: dict[int, Thread], heads: Collection[int]) -> None:
    """Put those of one group, and near copies in no group, under the first made of them."""
    grouped = {each.head.row.group_id: each for each in found.values() if each.head.row.group_id}
    alone = [pk for pk, each in found.items() if not each.head.row.group_id]
    folds = dict(Member.objects.filter(contribution__in=alone).values_list("fold", "contribution"))
    others = said_of(slug).filter(parent__isnull=True).exclude(pk__in=heads)
    if grouped:
        for row in _first(others.filter(group__in=grouped), "group"):
            _put(grouped[row.group_id or 0], row)
    shared = set(_shared(folds))
    if not shared:  # most pages: asked shortly, before the long question
        return
    copies = others.public().filter(group__isnull=True, folded__fold__in=shared)
    for row in _first(copies, "folded__fold").select_related("body", "folded"):
        thread = found[folds[row.folded.fold_id]]
        thread.is_fold = True
        _put(thread, row)


def _shared(folds: Mapping[int, int]) -> QuerySet[Member, int]:
    """Those of these folds that others are in, besides the comments they are named with."""
    others = Member.objects.filter(fold__in=folds).exclude(contribution__in=folds.values())
    return others.order_by().values_list("fold", flat=True).distinct()


def _first(rows: QuerySet[Contribution], by: str) -> QuerySet[Contribution]:
    """The first few of each group or fold; `in_all` says how many there are."""
    rank = Window(RowNumber(), partition_by=by, order_by="pk")
    in_all = Window(Count("pk"), partition_by=by)
    found = rows.annotate(rank=rank, in_all=in_all).filter(rank__lte=talk.MOST_ALIKE)
    return found.select_related("body", "group").order_by("pk")


def _put(thread: Thread, row: Contribution) -> None:
    thread.alike.append(Said(row))
    thread.folded = row.__dict__["in_all"]  # what the query has counted beside the columns


def _give_reasons(said: list[Said]) -> None:
    """Why what was removed is not shown."""
    removals = contributions.reasons_of([each.row for each in said])
    for each in said:
        each.removal = removals.get(each.row.pk)


def place(draft: Draft, found: Iterable[Thread]) -> None:
    """Name the paragraph of the newest version beside every thread."""
    if draft.newest is None:
        return
    where = placed(draft, draft.newest)
    keys = {anchor: key for key, anchors in where.anchors.items() for anchor in anchors}
    rows = Paragraph.objects.filter(version=draft.newest, key__in=set(keys.values()))
    paragraphs = {row.key: row for row in rows}
    lost = Paragraph.objects.filter(
        version__draft=draft, key__in=[a for a in where.orphans if a.isdecimal()]
    ).order_by("version__number")
    gone = {str(row.key): row for row in lost}
    for each in found:
        anchor = each.head.row.anchor
        each.is_orphan = anchor in gone
        each.paragraph = gone.get(anchor) or paragraphs.get(keys.get(anchor, 0))
