"""What the archive of questions rests on, asked on every request: drawn anew if it differs."""

from typing import Any

from aiqyn_portal.base.drawn import facts

# every change of what is shown of a question is a step of it, or a mark of its asker
LISTED = """
SELECT q.id, c.number, c.steps_made, c.state, c.outcome, c.language, CAST(c.made_at AS TEXT),
  SUBSTR(c.text, 1, 400), q.said, q.satisfaction, CAST(h.name AS TEXT), CAST(h.post AS TEXT)
FROM dialogue_question q
JOIN contributions_contribution c ON c.id = q.contribution_id
JOIN dialogue_head h ON h.id = q.head_id
WHERE {those} ORDER BY q.id DESC LIMIT %(most)s OFFSET %(skip)s
"""
COUNTED = """
SELECT COUNT(*) FROM (
  SELECT 1 FROM dialogue_question q JOIN contributions_contribution c ON c.id = q.contribution_id
  WHERE {those} LIMIT %(most)s
) AS those
"""
THOSE = {
    "": "c.shown = 'public'",
    "waiting": "c.shown = 'public' AND c.outcome = ''",
    "answered": "c.shown = 'public' AND c.outcome <> ''",
    "not_satisfied": "c.shown = 'public' AND (q.said = 'not' OR q.satisfaction <= 2)",
}


def listed(state: str, *, skip: int, most: int) -> tuple[tuple[Any, ...], ...]:
    """Public questions of one page, newest first."""
    return facts(LISTED.format(those=THOSE[state]), {"skip": skip, "most": most})


def counted(state: str, most: int) -> int:
    """How many there are; of more than `most` it is only said that they are as many."""
    return int(facts(COUNTED.format(those=THOSE[state]), {"most": most})[0][0])
