"""Years that narrow another list than that of the page: an archive of news beside it, a calendar.

They are told by what stands over them, by where they stand, or by where their form leads.
"""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from aiqyn.subjects.page import Page
from aiqyn.subjects.parts import parts_of
from aiqyn.subjects.spaces import squeeze

FEWEST = 2  # years of a column
LONGEST = 600  # characters of one: more is the page itself
LONGEST_LABEL = 60
LEVELS = 3  # elements around what stands over it that are looked at
MOST = 200  # elements of a page that are looked at

_AROUND = "nav, header, footer, [role=navigation], [role=banner], [role=contentinfo]"
_LABELS = (
    "h2, h3, h4, h5, h6, b, strong, legend, caption, label, summary, p, div:not(:has(*)), span"
)
_OF_OTHERS = re.compile(
    r"новост|жаңалық|news|событи|оқиға|\bevents?\b|календар|күнтізбе|calendar|анонс|фото|видео|галере"
    r"|gallery|пресс|баспасөз|\bpress\b|объявлен|хабарландыру|announcement|вакансии|бос орын",
    re.IGNORECASE,
)
_OF_REVIEWS = re.compile(
    r"обращен|өтініш|appeal|обзор|шолу|review|квартал|тоқсан|quarter", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def side_columns(page: Page) -> list[LexborNode]:
    """Return the elements whose years are not those of the reviews the page lists."""
    found = [*page.lean.css(_AROUND)]
    found += [form for form in page.nodes_lean("form") if _leads_elsewhere(page, form)]
    for label in _labels(page):
        found += _column_below(label)
    return found


def _labels(page: Page) -> Iterator[LexborNode]:
    if not _OF_OTHERS.search(page.text):
        return
    for node in page.lean.css(_LABELS)[:MOST]:
        said = squeeze(node.text(separator=" "))
        if len(said) <= LONGEST_LABEL and _OF_OTHERS.search(said) and not _OF_REVIEWS.search(said):
            yield node


def _column_below(label: LexborNode) -> list[LexborNode]:
    """Return the widest element around a label that lists years and nothing of the reviews."""
    column: list[LexborNode] = []
    wider = label.parent
    for _ in range(LEVELS):
        said = squeeze(wider.text(separator=" ")) if wider is not None else ""
        if wider is None or len(said) > LONGEST or _OF_REVIEWS.search(said):
            break
        if len(set(_YEAR.findall(said))) >= FEWEST:
            column = [wider]
        wider = wider.parent
    return column


def _leads_elsewhere(page: Page, form: LexborNode) -> bool:
    """Whether it asks another page than this one or those below or above it."""
    action = form.attributes.get("action") or ""
    if not action or action.startswith(("#", "?", "javascript:")):
        return False
    asked = parts_of(urljoin(page.address, action)).path.rstrip("/")
    own = parts_of(page.address).path.rstrip("/")
    return not (asked.startswith(own) or own.startswith(asked))
