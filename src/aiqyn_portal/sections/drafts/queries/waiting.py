"""What an officer has before him: positions without a decision, decisions to reflect."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, Q, When, Window
from django.db.models.functions import RowNumber

from aiqyn_portal.base.drawn import facts
from aiqyn_portal.contributions.grouping.models import Member
from aiqyn_portal.contributions.models import Contribution
from aiqyn_portal.sections.drafts.models import Draft, Paragraph
from aiqyn_portal.sections.drafts.queries.commenting import KIND, comments, undecided

State, Outcome = Contribution.State, Contribution.Outcome
MOST_SHOWN = 3  # comments of a group shown before its count
MOST_PARAGRAPHS = 300
MOST_TO_REFLECT = 30  # the next are shown once these are linked


# One row for each position: a group, a fold of near copies, or a single comment; those that reply
# to something undecided are decided with it. In reading order; `total` is the number of positions.
POSITIONS = """
WITH waiting AS (
    SELECT c.id, c.anchor, COALESCE(c.group_id, m.fold_id, c.id) AS number,
        CASE WHEN c.group_id IS NOT NULL THEN 'g' WHEN m.fold_id IS NOT NULL THEN 'f' ELSE 'c' END
        AS letter
    FROM contributions_contribution c
    LEFT JOIN grouping_member m ON m.contribution_id = c.id
    WHERE c.kind = %(kind)s AND c.about_key = %(slug)s AND c.outcome = '' AND c.shown = 'public'
        AND (c.parent_id IS NULL OR NOT EXISTS (
            SELECT 1 FROM contributions_contribution p
            WHERE p.id = c.parent_id AND p.outcome = '' AND p.shown = 'public'
        ))
)
SELECT w.letter, w.number, MIN(w.id), COUNT(*), COALESCE(MIN(q.position), 0) AS place,
    COUNT(*) OVER () AS total
FROM waiting w
LEFT JOIN drafts_paragraph q ON q.version_id = %(newest)s AND CAST(q.key AS TEXT) = w.anchor
GROUP BY w.number, w.letter ORDER BY place, MIN(w.id) LIMIT %(most)s OFFSET %(skip)s
"""


@dataclass(slots=True)
class Waiting:
    """One position: a comment, or those that say the same, put together by people or as copies."""

    name: str  # of the box that chooses it: "c12", "g3" or "f7"
    count: int = 1
    shown: list[Contribution] = field(default_factory=list)
    replies: int = 0
    paragraph: Paragraph | None = None

    @property
    def more(self) -> int:
        return max(0, self.count - len(self.shown))

    @property
    def fold(self) -> int:
        """The fold of near copies that nobody has made a group yet; 0 where it is none."""
        return int(self.name[1:]) if self.name.startswith("f") else 0


class Positions:
    """What waits about a draft, in reading order: a page of it is read, and no more.

    `start`, `stop`: the page most likely to be asked for, so that it is counted with it.
    """

    def __init__(self, draft: Draft, start: int = 0, stop: int = 1) -> None:
        self._draft, self._likely = draft, (start, stop)
        self._held: tuple[tuple[Any, ...], ...] = ()

    def count(self) -> int:
        """How many positions there are."""
        self._held = self._rows(*self._likely) or self._rows(0, 1)
        return int(self._held[0][-1]) if self._held else 0

    def __getitem__(self, part: slice) -> list[Waiting]:
        start, stop = part.start or 0, part.stop
        is_held = self._held and start == self._likely[0] and stop <= self._likely[1]
        rows = self._held[: stop - start] if is_held else self._rows(start, stop)
        found = [_named(*row[:4]) for row in rows]
        _show(self._draft, found)
        _count_replies(self._draft, found)
        paragraphs = _newest(self._draft, [row.anchor for each in found for row in each.shown])
        for each in found:
            each.paragraph = paragraphs.get(each.shown[0].anchor) if each.shown else None
        return [each for each in found if each.shown]  # decided a moment ago?

    def _rows(self, start: int, stop: int) -> tuple[tuple[Any, ...], ...]:
        given = {"kind": KIND, "slug": self._draft.slug, "newest": self._draft.newest_id or 0}
        page = {"skip": start, "most": stop - start}
        return facts(POSITIONS, {**given, **page}, is_planned_once=False)


def _named(letter: str, number: int, first: int, count: int) -> Waiting:
    """A fold of one is a comment."""
    return Waiting(f"c{first}" if letter == "f" and count == 1 else f"{letter}{number}", count)


@dataclass(frozen=True)
class Chosen:
    """What an officer has ticked: the numbers behind the letters of the boxes."""

    comments: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    folds: tuple[int, ...] = ()

    @classmethod
    def read(cls, said: Iterable[str]) -> "Chosen":
        """Read the names of boxes; what is none is passed over."""
        found: dict[str, list[int]] = {"c": [], "g": [], "f": []}
        for each in said:
            kind, number = each[:1], each[1:12]
            if kind in found and number.isascii() and number.isdecimal():
                found[kind].append(int(number))
        return cls(tuple(found["c"]), tuple(found["g"]), tuple(found["f"]))

    def claim(self) -> Q:
        """What holds of the comments chosen."""
        in_folds = Q(group__isnull=True, folded__fold__in=self.folds)
        return Q(pk__in=self.comments) | Q(group__in=self.groups) | in_folds

    def name_of(self, row: Contribution) -> str:
        """The box a comment is behind."""
        if row.pk in self.comments:
            return f"c{row.pk}"
        return f"g{row.group_id}" if row.group_id else f"f{row.folded.fold_id}"


def _show(draft: Draft, found: Sequence[Waiting]) -> None:
    """The first comments of every position; one query."""
    chosen = Chosen.read(each.name for each in found)
    alone = Q(group__isnull=True)
    fold = Case(When(alone, then="folded__fold"))
    single = Case(When(alone & Q(folded__isnull=True), then="pk"))
    rank = Window(RowNumber(), partition_by=["group", fold, single], order_by="pk")
    ranked = (
        undecided(draft)
        .select_related("folded")
        .filter(chosen.claim())
        .annotate(place=rank)
        .filter(place__lte=MOST_SHOWN)
    )
    home = {each.name: each for each in found}
    for row in sorted(ranked, key=lambda row: row.pk):
        each = home.get(chosen.name_of(row))
        if each is not None:
            each.shown.append(row)


def _count_replies(draft: Draft, found: Sequence[Waiting]) -> None:
    """Undecided replies are decided with what they reply to."""
    chosen = Chosen.read(each.name for each in found)
    parents = undecided(draft).filter(chosen.claim()).order_by()
    home = {each.name: each for each in found}
    rows = undecided(draft).filter(parent__in=parents.values("pk"))
    for row in rows.select_related("parent__folded").order_by("pk"):
        if row.parent is not None and (each := home.get(chosen.name_of(row.parent))):
            each.replies += 1


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


def of(draft: Draft, chosen: Chosen, *, until: int = 0) -> list[Contribution]:
    """The undecided comments chosen; `until`: those made after this one were not seen."""
    rows = undecided(draft).filter(chosen.claim())
    return list(rows.filter(pk__lte=until) if until else rows)


def newest(draft: Draft) -> int:
    """The last comment made so far; what comes later, nobody has seen yet."""
    return comments(draft).order_by("-pk").values_list("pk", flat=True).first() or 0


def replies(
    draft: Draft, chosen: Iterable[Contribution], *, until: int = 0, alone: Collection[int] = ()
) -> list[Contribution]:
    """Undecided replies that are decided with what they reply to; `until` as in `of`.

    `alone`: keys of those that get a decision of their own.
    """
    keys = {each.pk for each in chosen}
    rows = undecided(draft).filter(parent__in=keys).exclude(pk__in=keys | set(alone))
    return list(rows.filter(pk__lte=until) if until else rows)


def say_the_same(chosen: Sequence[Contribution]) -> bool:
    """Whether all of them are one group, or one fold of near copies."""
    groups = {each.group_id for each in chosen}
    if len(groups) == 1 and None not in groups:
        return True
    members = Member.objects.filter(contribution__in=[each.pk for each in chosen])
    folds = list(members.values_list("fold", flat=True))
    return len(folds) == len(chosen) and len(set(folds)) == 1


def to_reflect(draft: Draft) -> tuple[list[Contribution], bool]:
    """The first accepted comments of which nobody has said yet what they have changed; whether
    there are more.
    """
    taken = (
        comments(draft)
        .public()
        .filter(outcome__in=[Outcome.ACCEPTED, Outcome.PARTLY], state=State.DECIDED)
    )
    found = list(taken.order_by("pk")[: MOST_TO_REFLECT + 1])
    return found[:MOST_TO_REFLECT], len(found) > MOST_TO_REFLECT


def changed_paragraphs(draft: Draft) -> list[Paragraph]:
    """Paragraphs the newest version has changed: where a decision is most likely reflected."""
    if draft.newest is None:
        return []
    changed = draft.newest.paragraphs.exclude(fate__in=["", "same", "renumbered"])
    return list(changed[:MOST_PARAGRAPHS])
