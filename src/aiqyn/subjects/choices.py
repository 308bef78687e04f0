"""What a page of reviews lets its reader choose: years and quarters behind a filter or a tab.

Nobody who follows links sees what stands behind such a choice.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Noun
from aiqyn.subjects import periods
from aiqyn.subjects.around import Inside
from aiqyn.subjects.page import Page
from aiqyn.subjects.side_columns import side_columns
from aiqyn.subjects.spaces import squeeze

QUARTERS = 0  # among years: quarters may be chosen, of whatever year
FEWEST = 2  # choices that make a filter
MOST = 500  # elements of a page that are looked at
LONGEST = 100  # characters of what is pressed: more is what stands behind it
PARTS = 40  # nodes of one control that are looked at: controls may stand in controls

_CONTROLS = (
    "button, label, [role=tab], [role=button], [role=option], [onclick], [data-year], [data-tab]"
    ", [data-filter], [data-toggle], [data-bs-toggle], a"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


class Choices(Noun, frozen=True, kw_only=True):
    """The years that may be chosen, QUARTERS among them, and the text without lists of choice."""

    years: frozenset[int] = frozenset()
    text: str = ""


def choices_of(page: Page, text: str) -> Choices:
    """Return the choices of `page`, and `text` of it without them; nor with columns of others."""
    chosen: set[int] = set()
    columns = side_columns(page)
    for column in columns:
        if said := squeeze(column.text(separator=" ")):
            text = text.replace(said, " ", 1)
    beside = Inside(columns)
    for node in page.nodes("select")[:MOST]:
        if node in beside:
            continue
        options = [squeeze(each.text(separator=" ")) for each in node.css("option")]
        if (found := _chosen(options)) and not any(any(periods.find(each)) for each in options):
            chosen |= found
            text = text.replace(squeeze(node.text(separator=" ")), " ", 1)
    chosen |= _chosen([*_said_by_controls(page, beside)])
    return Choices(years=frozenset(chosen), text=text)


def _said_by_controls(page: Page, beside: Inside) -> Iterator[str]:
    """Yield the texts of what is pressed and leads to no page."""
    for node in page.lean.css(_CONTROLS)[:MOST]:
        if node not in beside and (said := _said_by(node)):
            yield squeeze(said)


def _said_by(control: LexborNode) -> str:
    """Return its text; "" where it leads on or holds more than a choice."""
    said = ""
    for looked_at, node in enumerate(control.traverse(include_text=True)):
        if node.tag == "-text":
            said += f" {node.text_content or ''}"
        if looked_at == PARTS or len(said) > LONGEST or (node.tag == "a" and _leads_on(node)):
            return ""
    return said


def _leads_on(link: LexborNode) -> bool:
    href = link.attributes.get("href") or ""
    return bool(href) and not href.startswith(("#", "javascript:"))


def _chosen(said: list[str]) -> set[int]:
    """Return the years that several of these texts name alone; QUARTERS where they name such."""
    alone = filter(periods.is_year, said)
    years = {int(year) for each in alone for year in _YEAR.findall(each)}
    quarters = {each for each in said if periods.lacks_year(each)}
    chosen = years if len(years) >= FEWEST else set()
    return chosen | {QUARTERS} if len(quarters) >= FEWEST else chosen
