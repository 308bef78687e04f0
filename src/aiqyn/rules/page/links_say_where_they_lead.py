"""Every link has a name: a text, a label, or a picture that has a text."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.facts import name_of
from aiqyn.subjects.page import Page, shorten

# A link holding nothing but text has a name; only the rest is looked at one by one.
_SUSPECTS = "a[href]:blank, a[href] > *"
_HIDDEN = "[aria-hidden=true], [hidden], [aria-hidden=true] *, [hidden] *"


def check(page: Page) -> Iterator[Place]:
    if not page.hrefs:
        raise Inapplicable
    seen: set[int] = set()
    for suspect in page.select(_SUSPECTS):
        link = suspect if suspect.tag == "a" else suspect.parent
        if link is None or link.mem_id in seen:
            continue
        seen.add(link.mem_id)
        if not _has_name(link) and not link.css_matches(_HIDDEN):
            href = link.attributes.get("href") or ""
            yield Place(where=page.path_of(link), saw=shorten(href), note="no_name")


def _has_name(link: LexborNode) -> bool:
    text = link.text()
    if text and not text.isspace():
        return True
    if link.attributes.get("aria-labelledby") or name_of(link):
        return True
    return any(
        (node.attributes.get("aria-label") or node.attributes.get("title") or node.text()).strip()
        for node in link.css("[aria-label], [title], svg title, object, canvas")
    )
