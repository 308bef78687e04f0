"""What a page of comments rests on: the heads of its threads, with the facts of all that stands
below each, asked raw in one statement. The first made speaks for a group, and for near copies that
are in none: neutral, and it stays, whatever support the others have.
"""

from collections import defaultdict
from typing import Any, NamedTuple

from aiqyn_portal.base.drawn import facts
from aiqyn_portal.sections.drafts.queries.commenting import KIND

HEADS = """
SELECT c.id, c.steps_made, c.votes_for, c.votes_against, c.group_id, m.fold_id, c.anchor
FROM contributions_contribution c
LEFT JOIN grouping_member m ON m.contribution_id = c.id
WHERE c.kind = %(kind)s AND c.about_key = %(slug)s AND c.parent_id IS NULL {narrowed}
  AND (c.group_id IS NULL OR NOT EXISTS (
    SELECT 1 FROM contributions_contribution e
    WHERE e.group_id = c.group_id AND e.id < c.id
      AND e.kind = %(kind)s AND e.about_key = %(slug)s AND e.parent_id IS NULL {earlier}))
  AND (c.group_id IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM grouping_member o
    JOIN contributions_contribution e ON e.id = o.contribution_id
    WHERE o.fold_id = m.fold_id AND e.id < c.id AND e.group_id IS NULL AND e.shown = 'public'
      AND e.kind = %(kind)s AND e.about_key = %(slug)s AND e.parent_id IS NULL {earlier}))
"""
PAGE = """
WITH head AS ({heads} ORDER BY {order} LIMIT %(most)s OFFSET %(skip)s),
alike AS (
  SELECT h.id AS head, c.id, c.steps_made, c.votes_for, c.votes_against,
    ROW_NUMBER() OVER (PARTITION BY h.id ORDER BY c.id) AS place,
    COUNT(*) OVER (PARTITION BY h.id) AS in_all
  FROM head h JOIN contributions_contribution c ON c.group_id = h.group_id
  WHERE c.kind = %(kind)s AND c.about_key = %(slug)s AND c.parent_id IS NULL
    AND c.id NOT IN (SELECT id FROM head)
  UNION ALL
  SELECT h.id, c.id, c.steps_made, c.votes_for, c.votes_against,
    ROW_NUMBER() OVER (PARTITION BY h.id ORDER BY c.id), COUNT(*) OVER (PARTITION BY h.id)
  FROM head h JOIN grouping_member m ON m.fold_id = h.fold_id
  JOIN contributions_contribution c ON c.id = m.contribution_id
  WHERE h.group_id IS NULL AND c.group_id IS NULL AND c.shown = 'public' AND c.kind = %(kind)s
    AND c.about_key = %(slug)s AND c.parent_id IS NULL AND c.id NOT IN (SELECT id FROM head)
),
shown AS (
  SELECT id AS head, id FROM head UNION ALL SELECT head, id FROM alike WHERE place <= %(alike)s
)
SELECT 0 AS what, h.id AS head, h.id, h.steps_made, h.votes_for, h.votes_against,
  COALESCE(h.group_id, 0) AS one, COALESCE(h.fold_id, 0) AS two, h.anchor FROM head h
UNION ALL
SELECT 1, head, id, steps_made, votes_for, votes_against, in_all, 0, '' FROM alike
WHERE place <= %(alike)s
UNION ALL
SELECT 2, s.head, r.id, r.steps_made, r.votes_for, r.votes_against, r.parent_id, 0, ''
FROM shown s JOIN contributions_contribution r ON r.parent_id = s.id
WHERE r.kind = %(kind)s AND r.about_key = %(slug)s
ORDER BY {first}
"""
COUNTED = "SELECT COUNT(*) FROM ({heads} LIMIT %(bound)s) AS those"
FEW = 3_000  # comments: so many are quicker counted in one go than one by one
COUNTED_OF_FEW = """
SELECT COUNT(DISTINCT CASE WHEN c.group_id IS NOT NULL THEN 'g' || c.group_id
  WHEN c.shown = 'public' AND m.fold_id IS NOT NULL THEN 'f' || m.fold_id ELSE 'c' || c.id END)
FROM contributions_contribution c
LEFT JOIN grouping_member m ON m.contribution_id = c.id
WHERE c.kind = %(kind)s AND c.about_key = %(slug)s AND c.parent_id IS NULL {narrowed}
  AND (c.group_id IS NOT NULL OR c.shown = 'public' OR NOT EXISTS (
    SELECT 1 FROM grouping_member o
    JOIN contributions_contribution e ON e.id = o.contribution_id
    WHERE o.fold_id = m.fold_id AND e.id < c.id AND e.group_id IS NULL AND e.shown = 'public'
      AND e.kind = %(kind)s AND e.about_key = %(slug)s AND e.parent_id IS NULL {earlier}))
"""
# Positions among some of the comments: each has a head, so there are as many threads or more. It is
# asked first, as it looks at each comment once. Those that wait are found in an index alone.
AT_LEAST = """
SELECT COUNT(DISTINCT CASE WHEN c.group_id IS NOT NULL THEN 3 * c.group_id
  WHEN m.fold_id IS NOT NULL THEN 3 * m.fold_id + 1 ELSE 3 * c.id + 2 END)
FROM (
  SELECT c.id, c.group_id, {shown} AS shown FROM contributions_contribution c
  WHERE c.kind = %(kind)s AND c.about_key = %(slug)s AND c.parent_id IS NULL {narrowed}
  {order} LIMIT %(bound)s * 6
) c
LEFT JOIN grouping_member m ON m.contribution_id = c.id
WHERE c.group_id IS NOT NULL OR m.fold_id IS NULL OR c.shown = 'public'
"""
WAITING = "waiting"
SOME = {  # of the comments: those that wait, as the index has them; the newest of others
    True: {"shown": "'public'", "order": ""},
    False: {"shown": "c.shown", "order": "ORDER BY c.id DESC"},
}
MOST_ALIKE = 20  # shown below the first of a group or of near copies
ORDERS = {  # of the heads, and of the rows of a page: heads come first, and in their order
    "supported": ("c.votes_for DESC, c.id DESC", "1, 5 DESC, 3 DESC"),
    "new": ("c.id DESC", "1, 3 DESC"),
}


class Wanted(NamedTuple):
    """A list of comments of a draft."""

    slug: str
    anchors: tuple[str, ...] | None  # None: everything said of the draft
    outcome: str


class Head(NamedTuple):
    """A comment that heads a thread."""

    pk: int
    group: int  # 0: none
    fold: int
    facts: tuple[Any, ...]  # all that is shown of the thread

    @property
    def is_alone(self) -> bool:
        """Whether nothing is shown below it."""
        return len(self.facts) == 1

    @property
    def votes(self) -> dict[int, tuple[int, int]]:
        """For and against, by the primary key of whatever is shown."""
        return {pk: (wanted, unwanted) for _what, pk, _steps, wanted, unwanted, *_ in self.facts}


def page(wanted: Wanted, order: str, *, skip: int, most: int) -> list[Head]:
    """Heads of one page in their order."""
    narrowed, given = _narrowed(wanted)
    first, then = ORDERS[order]
    statement = PAGE.format(heads=HEADS.format(**narrowed), order=first, first=then)
    rows = _rows(statement, {**given, "skip": skip, "most": most, "alike": MOST_ALIKE})
    threads: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for row in rows:
        threads[row[1]].append((row[0], *row[2:]))
    return [
        Head(pk, group, fold, tuple(sorted(threads[pk])))
        for what, _head, pk, _steps, _for, _against, group, fold, _anchor in rows
        if what == 0
    ]


def counted(wanted: Wanted, total: int, bound: int) -> int:
    """How many threads there are among `total` comments; counted no further than `bound`."""
    narrowed, given = _narrowed(wanted)
    if total <= FEW:
        return min(int(_rows(COUNTED_OF_FEW.format(**narrowed), given)[0][0]), bound)
    given["bound"] = bound
    some = SOME[wanted.outcome == WAITING]
    if _rows(AT_LEAST.format(**narrowed, **some), given)[0][0] >= bound:
        return bound
    statement = COUNTED.format(heads=HEADS.format(**narrowed))
    return int(_rows(statement, given)[0][0])


def _rows(statement: str, given: dict[str, Any]) -> tuple[tuple[Any, ...], ...]:
    """Planned for these very values: of a paragraph with ten comments and of one with ten thousand
    they are found in different ways.
    """
    return facts(statement, given, is_planned_once=False)


def _narrowed(wanted: Wanted) -> tuple[dict[str, str], dict[str, Any]]:
    """What narrows the statements, and their values."""
    given: dict[str, Any] = {"kind": KIND, "slug": wanted.slug}
    said = ""
    if wanted.anchors is not None:
        names = {f"anchor_{n}": anchor for n, anchor in enumerate(wanted.anchors)}
        given |= names
        said += f"AND c.anchor IN ({', '.join(f'%({name})s' for name in names)})"
    if wanted.outcome == WAITING:
        said += " AND c.outcome = '' AND c.shown = 'public'"
    elif wanted.outcome:
        said += " AND c.outcome = %(outcome)s"
        given["outcome"] = wanted.outcome
    return {"narrowed": said, "earlier": said.replace("c.", "e.")}, given
