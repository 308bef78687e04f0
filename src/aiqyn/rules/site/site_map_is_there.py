"""There is a map of the site for people; a file for search engines helps no reader."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.site import Site

_MAP = re.compile(r"<(?:\w+:)?(?:urlset|sitemapindex)\b")


def check(site: Site) -> Iterator[Place]:
    if site.pages_of("site_map"):
        return
    first = site.first
    if first is None or first.is_shell or site.was_cut:
        raise CannotTell("not_read")
    note = "only_for_engines" if _MAP.search(site.answers.sitemap) else "missing"
    yield Place(where="body", address=first.address, evidence=first.sha256, note=note)
