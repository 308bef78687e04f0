"""What a page of the catalogue rests on, asked on every request: drawn anew only when it differs.

Which drafts a page shows, and in what order, is told by `shelves` when it is drawn; here the same
is asked raw. That both say the same is tested.
"""

from datetime import date, datetime
from typing import Any

from django.db import connection

from aiqyn_portal.base.drawn import facts
from aiqyn_portal.sections.drafts.queries.commenting import KIND
from aiqyn_portal.sections.drafts.queries.meetings import MOST

# public drafts, each with where it stands on a day
STANDING = """
WITH shelf AS (
  SELECT d.id, d.slug, CAST(d.title AS TEXT) AS title, CAST(d.summary AS TEXT) AS summary,
    d.edition, d.changed_at, d.type, d.category, d.state, i.opens_on, i.closes_on, b.code AS body,
    CAST(b.name AS TEXT) AS name,
    CASE WHEN d.state <> 'discussion' THEN d.state
      WHEN i.opens_on > %(today)s THEN 'soon'
      WHEN i.closes_on < %(today)s THEN 'waiting' ELSE 'open' END AS stands
  FROM drafts_draft d
  JOIN bodies_body b ON b.id = d.body_id
  LEFT JOIN drafts_discussion i ON i.id = d.discussion_id
  WHERE d.state <> 'preparation'
)
"""
ORDERS = {
    "closing": """
  CASE WHEN state = 'discussion' AND closes_on >= %(today)s THEN 0 ELSE 1 END,
  CASE WHEN state = 'discussion' AND closes_on >= %(today)s THEN closes_on END,
  opens_on DESC, shelf.id DESC""",
    "new": "opens_on DESC, shelf.id DESC",
    "talked": "COALESCE(c.total, 0) DESC, shelf.id DESC",
    "silent": "COALESCE(c.total, 0), shelf.id DESC",
}
LISTED = """
SELECT shelf.id, slug, title, summary, type, category, state, CAST(opens_on AS TEXT),
  CAST(closes_on AS TEXT), body, name, edition, CAST(changed_at AS TEXT),
  COALESCE(c.total, 0), COUNT(*) OVER ()
FROM shelf LEFT JOIN contributions_count c ON c.kind = %(kind)s AND c.about_key = slug
WHERE %(stands)s IN ('', stands) AND %(category)s IN ('', category)
  AND %(type)s IN ('', type) AND %(body)s IN ('', body)
ORDER BY {order} LIMIT %(most)s OFFSET %(skip)s
"""
# each way to narrow the list, counted with all other choices in force
FACETS = """
SELECT 'stands', stands, '', COUNT(*) FROM shelf
WHERE %(category)s IN ('', category) AND %(type)s IN ('', type) AND %(body)s IN ('', body)
GROUP BY 2
UNION ALL
SELECT 'category', category, '', COUNT(*) FROM shelf
WHERE %(stands)s IN ('', stands) AND %(type)s IN ('', type) AND %(body)s IN ('', body)
GROUP BY 2
UNION ALL
SELECT 'type', type, '', COUNT(*) FROM shelf
WHERE %(stands)s IN ('', stands) AND %(category)s IN ('', category) AND %(body)s IN ('', body)
GROUP BY 2
UNION ALL
SELECT 'body', body, name, COUNT(*) FROM shelf
WHERE %(stands)s IN ('', stands) AND %(category)s IN ('', category) AND %(type)s IN ('', type)
GROUP BY 2, 3
UNION ALL
SELECT 'changed', CAST(MAX(changed_at) AS TEXT), '', SUM(edition) FROM shelf
ORDER BY 1, 2
"""
MEETINGS = """
SELECT m.id, m.kind, CAST(m.starts_at AS TEXT), d.slug, CAST(d.title AS TEXT)
FROM drafts_meeting m JOIN drafts_draft d ON d.id = m.draft_id
WHERE m.ends_at >= %(now)s AND m.called_off = '' AND d.state <> 'preparation'
ORDER BY m.starts_at, m.id LIMIT %(most)s
"""


def listed(
    chosen: dict[str, str], sort: str, today: date, *, skip: int, most: int
) -> tuple[tuple[Any, ...], ...]:
    """Rows of one page, the primary key first and the number of all rows last."""
    given = {"kind": KIND, "skip": skip, "most": most, **_given(chosen, today)}
    return facts(STANDING + LISTED.format(order=ORDERS[sort]), given)


def counted(chosen: dict[str, str], today: date) -> tuple[tuple[Any, ...], ...]:
    """Name of a facet, code, name in words (of bodies), number of drafts; and when any of them was
    changed last: numbers come back to what they were.
    """
    return facts(STANDING + FACETS, _given(chosen, today))


def meetings(now: datetime) -> tuple[tuple[Any, ...], ...]:
    """Meetings to come."""
    return facts(MEETINGS, {"now": connection.ops.adapt_datetimefield_value(now), "most": MOST})


def _given(chosen: dict[str, str], today: date) -> dict[str, Any]:
    return {**chosen, "today": connection.ops.adapt_datefield_value(today)}
