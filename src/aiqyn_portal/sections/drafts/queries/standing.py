"""What the pages of a draft rest on, asked on every request: drawn anew only when it differs.

What may come back to an old value has a number or a moment beside it that does not: else a page
drawn in between would be kept for the old value.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.http import Http404

from aiqyn_portal.base.drawn import facts
from aiqyn_portal.contributions.models import TOGETHER
from aiqyn_portal.contributions.queries import COLUMNS, Counts
from aiqyn_portal.sections.drafts.queries.commenting import KIND, WHOLE, Placed, placed_in

DRAFT = """
SELECT d.id, d.newest_id, d.body_id, d.state,
  c.total, c.waiting, c.accepted, c.partly, c.declined, c.passed_on, c.hidden, c.people,
  d.edition, CAST(d.changed_at AS TEXT),
  CAST(d.title AS TEXT), CAST(d.summary AS TEXT), d.type, d.category,
  CAST(d.responsible AS TEXT), d.phone, d.email, CAST(d.ended_at AS TEXT), d.ended_number,
  d.ended_link, CAST(d.reason AS TEXT), b.code, CAST(b.name AS TEXT), CAST(b.is_example AS TEXT),
  i.id, i.number, i.term, CAST(i.opens_on AS TEXT), CAST(i.due_on AS TEXT),
  CAST(i.closes_on AS TEXT), CAST(i.reason AS TEXT), CAST(i.closed_at AS TEXT),
  CAST(i.report_due_on AS TEXT),
  (SELECT MAX(t.id) FROM deadlines_termchange t WHERE t.code = i.term),
  n.number, CAST(n.published_at AS TEXT)
FROM drafts_draft d
JOIN bodies_body b ON b.id = d.body_id
JOIN drafts_version n ON n.id = d.newest_id
LEFT JOIN drafts_discussion i ON i.id = d.discussion_id
LEFT JOIN contributions_count c ON c.kind = %(kind)s AND c.about_key = d.slug
WHERE d.slug = %(slug)s AND d.state <> 'preparation'
"""
# what stands beside the text
BESIDE = """
SELECT 'file', a.id, a.kind, a.language, a.title, CAST(a.size AS TEXT), ''
FROM drafts_attachment a WHERE a.draft_id = %(draft)s
UNION ALL
SELECT 'version', v.id, CAST(v.number AS TEXT), CAST(v.published_at AS TEXT),
  CAST(v.note AS TEXT), '', ''
FROM drafts_version v WHERE v.draft_id = %(draft)s AND v.published_at IS NOT NULL
UNION ALL
SELECT 'meeting', m.id, m.kind, CAST(m.starts_at AS TEXT), CAST(m.place AS TEXT), m.stream,
  m.called_off || '/' || COALESCE(CAST(m.minutes_id AS TEXT), '')
FROM drafts_meeting m WHERE m.draft_id = %(draft)s
ORDER BY 1, 2
"""
PARTS = """
SELECT p.anchor, p.total, p.edition FROM contributions_part p
WHERE p.kind = %(kind)s AND p.about_key = %(slug)s ORDER BY p.anchor
"""


class Part(NamedTuple):
    """Comments beside one paragraph; "" as anchor: on the draft as a whole."""

    anchor: str
    total: int
    edition: int  # grows with every change


class Edition(NamedTuple):
    """A published version: it never changes."""

    pk: int
    number: int
    published_at: str


class Standing(NamedTuple):
    """A public draft as its pages find it, but for what is said of it."""

    pk: int
    slug: str
    body: int  # primary key
    newest: Edition  # the one a reader is shown
    rows: tuple[Any, ...]  # all else that is shown of it


def standing_or_404(slug: str) -> tuple[Standing, Counts]:
    """A draft everybody may read, and how many comments it has; one query."""
    found = facts(DRAFT, {"slug": slug, "kind": KIND})
    if not found:
        raise Http404(slug)
    pk, newest, body, state, *rest, number, published = found[0]
    counted, rows = rest[: len(COLUMNS)], rest[len(COLUMNS) :]
    counts = Counts(**{name: n or 0 for name, n in zip(COLUMNS, counted, strict=True)})
    edition = Edition(newest, number, published)
    return Standing(pk, slug, body, edition, (state, *rows)), counts


def beside(found: Standing) -> tuple[Any, ...]:
    """Files, versions and meetings; one query."""
    return facts(BESIDE, {"draft": found.pk})


def edition_or_404(rows: tuple[Any, ...], number: int) -> Edition:
    """The published version of this number, among what stands beside the text."""
    for what, pk, said, published, *_rest in rows:
        if what == "version" and int(said) == number:
            return Edition(pk, number, published)
    raise Http404(str(number))


def parts(found: Standing) -> tuple[Part, ...]:
    """What is said, by paragraph; one query."""
    return tuple(Part(*row) for row in facts(PARTS, {"slug": found.slug, "kind": KIND}))


def counted(found: Standing) -> dict[int, int]:
    """Key → public comments and replies beside the paragraph in the newest version."""
    known = {each.anchor: each.total for each in parts(found)}
    where = _placed(found, known).anchors
    return {key: sum(known[anchor] for anchor in anchors) for key, anchors in where.items()}


def of_paragraph(found: Standing, key: int) -> tuple[tuple[str, ...], int, int]:
    """Anchors whose comments belong to a paragraph, its own and those merged into it; how many
    comments they have, and the sum of their editions.
    """
    known = {each.anchor: each for each in parts(found)}
    where = _placed(found, known).anchors
    anchors = tuple(dict.fromkeys([str(key), *where.get(key, [])]))
    here = [known[anchor] for anchor in (*anchors, TOGETHER) if anchor in known]
    return anchors, sum(each.total for each in here), sum(each.edition for each in here)


def _placed(found: Standing, known: Iterable[str]) -> Placed:
    used = tuple(anchor for anchor in known if anchor != WHOLE)
    return placed_in(found.newest.pk, found.newest.published_at, used)
