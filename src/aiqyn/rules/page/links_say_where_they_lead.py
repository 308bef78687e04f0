"""Every link has a name: a text, a label, or a picture that has a text."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.reach import has_name, is_hidden

# A link holding nothing but text has a name; only the rest is looked at one by one.
_SUSPECTS = "a[href]:blank, a[href] > *"


def check(page: Page) -> Iterator[Place]:
    if not page.hrefs:
        raise Inapplicable
    seen: set[int] = set()
    for suspect in page.select_lean(_SUSPECTS):
        link = suspect if suspect.tag == "a" else suspect.parent
        if link is None or link.mem_id in seen:
            continue
        seen.add(link.mem_id)
        if not has_name(link, page) and not is_hidden(link):
            href = link.attributes.get("href") or ""
            yield Place(where=page.path_of(link), saw=shorten(href), note="no_name")
