"""When a page says it was published."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from aiqyn.subjects import dates

if TYPE_CHECKING:
    from aiqyn.subjects.page import Page

_META_DATES = (
    "article:published_time", "datepublished", "dc.date", "dcterms.created", "dcterms.date",
    "pubdate", "date",
)  # fmt: skip
_LD_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')


def publication_of(page: "Page") -> dates.Dated | None:
    """Return the day by the page's metadata, its <time>, or near its heading; None for none."""
    for source, days in (("meta", _of_meta), ("time", _of_time), ("text", _of_text)):
        for day in days(page):
            return dates.Dated(day=day, source=source)
    return None


def _of_meta(page: "Page") -> Iterator[date]:
    for name in _META_DATES:
        value = page.metas.get(name)
        if value and (day := dates.of_machine(value)):
            yield day
    if page.nodes("script") and page.lean.css_first("script[type='application/ld+json']"):
        found = _LD_DATE.search(page.html)
        if found and (day := dates.of_machine(found[1])):
            yield day


def _of_time(page: "Page") -> Iterator[date]:
    for node in page.nodes("time"):
        if _is_in_main(node) and (
            day := dates.of_machine(node.attributes.get("datetime") or node.text())
        ):
            yield day


def _of_text(page: "Page") -> Iterator[date]:
    for _, day in dates.find(page.beginning):
        yield day


def _is_in_main(node: LexborNode) -> bool:
    """Whether a <time> stands in the text and not in what is around or beside it."""
    is_inside = False
    while (parent := node.parent) is not None:
        node, tag = parent, parent.tag
        if tag in ("nav", "aside", "footer"):
            return False
        is_inside = is_inside or tag in ("main", "article") or node.attributes.get("role") == "main"
    return is_inside
