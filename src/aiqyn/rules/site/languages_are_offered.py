"""The site can be read in every language it owes its readers, found by ordinary links."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.rules.of_sections import unless_cut
from aiqyn.subjects.site import Site


def check(site: Site, *, languages: Sequence[str] = ("kk", "ru")) -> Iterator[Place]:
    first = site.first
    if first is None or (first.is_shell and len(site.pages) == 1):
        raise CannotTell("not_read")
    reachable = [page for page in site.pages if page.url in site.clicks]
    # The text decides; what the address says counts only where the text cannot tell.
    offered = {page.written or page.language for page in reachable}
    written = {page.written or page.language for page in site.pages}
    missing = [language for language in languages if language not in offered]
    places = [
        Place(
            where="html",
            saw=language,
            address=first.address,
            evidence=first.sha256,
            note="no_link" if language in written else "missing",
        )
        for language in missing
    ]
    yield from unless_cut(site, places)
