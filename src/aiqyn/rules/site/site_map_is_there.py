"""There is a map of the site for people that leads to its sections; a file is for engines."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.completeness import own_pages_of, pages_of
from aiqyn.subjects.sections import sections
from aiqyn.subjects.site import PageFacts, Site

FILES = ("urlset", "sitemapindex", "text")
FEWEST = 5  # sections of a site that a map is held against, and links a map has


def check(site: Site, *, at_least: int = 20) -> Iterator[Place]:
    """`at_least` is in percent of the sections that have a page in the language of the map."""
    if maps := site.pages_of("site_map"):
        yield from _poor(site, maps, at_least)
        return
    first = site.first
    if first is None or first.is_shell or site.was_cut:
        raise CannotTell("not_read")
    is_for_engines = any(each.kind in FILES for each in site.answers.sitemaps)
    note = "only_for_engines" if is_for_engines else "missing"
    yield Place(where="body", address=first.address, evidence=first.sha256, note=note)


def _poor(site: Site, maps: list[PageFacts], at_least: int) -> Iterator[Place]:
    """Yield the maps that lead to too few sections, of each language the best alone.

    Raises CannotTell("empty") for one with hardly a link in its text: a script may fill it,
    or it stands where a menu would.
    """
    best: dict[str, tuple[int, str, PageFacts]] = {}
    for page in maps:
        reached, known = _reached(site, page)
        if len(known) < FEWEST:
            return
        share = 100 * len(reached) // len(known), f"{len(reached)}/{len(known)}", page
        best[page.language] = max(best.get(page.language, share), share, key=lambda each: each[0])
    poor = [each for each in best.values() if each[0] < at_least]
    if any(page.is_shell or len(set(_links_of(page))) < FEWEST for _, _, page in poor):
        raise CannotTell("empty")
    for _, saw, page in poor:
        where, note = "main", "leads_to_few"
        yield Place(where=where, saw=saw, address=page.address, evidence=page.sha256, note=note)


def _reached(site: Site, page: PageFacts) -> tuple[set[str], set[str]]:
    """Return (sections the map leads to, all that have a page in its language).

    It leads to one by its own pages or by one below them: maps group these under words.
    """
    targets = {site.urls[number] for number in _links_of(page)}
    homes = {each.url for each in site.first_pages}
    led_to = {target.url for each in targets if (target := site.page_at(each))}
    reached, known = set(), set()
    for code in sections().keys() - {"site_map"}:
        own = own_pages_of(site, code)
        if any(each.language in (page.language, "") for each in own):
            known.add(code)
            below = tuple(f"{each.url.rstrip('/')}/" for each in own if each.url not in homes)
            pages = {each.url for each in pages_of(site, code)}
            if not led_to.isdisjoint(pages) or any(url.startswith(below) for url in led_to):
                reached.add(code)
    return reached, known


def _links_of(page: PageFacts) -> tuple[int, ...]:
    """Return what its text leads to, or all the page does where only a link calls it a map."""
    is_known = "site_map" in page.traits.content.candidates
    return page.traits.wayfinding.mapped if is_known else tuple(page.links)
