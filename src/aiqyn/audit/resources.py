"""Which pictures, style sheets and scripts of a site are asked for, to learn whether they live.

The site's own style sheets that live are then fetched, and what they name is asked for in
turn: those of the pages, and those that they import. What is asked for depends on the pages
and the answers alone, never on how often or in what order it was asked: each step waits until
the step before it is answered in full, so a crawl that was killed asks what it would have asked.
"""

from collections.abc import Iterable, Iterator

from aiqyn.chain import Ask, Evidence
from aiqyn.fetch.addresses import BadAddress, is_rooted, origin, resolve, site_of
from aiqyn.fetch.store import Store
from aiqyn.subjects.site import MET, Site
from aiqyn.subjects.styles import named_in

ROLE, SHEET = "resource", "sheet"
MOST = 300  # of one site; those of the pages nearest the first one come first
MOST_NAMED = 300  # more, by its style sheets
MOST_SHEETS = 8  # that are read, of one site
IMPORTS = 1  # steps from the sheets of pages to sheets they import
LONGEST = 1_000_000  # bytes read of one


def all_asked(site: Site, store: Store) -> list[Ask]:
    """Return what to ask for, as far as the answers so far tell; more of them take nothing out."""
    asks = {each.url: each for each in resources_asked(site)}
    sheets: list[Ask] = []
    step = list(asks.values())
    most = len(asks) + MOST_NAMED
    for _ in range(1 + IMPORTS):
        if not _are_answered(site.of_role(ROLE), filter(_is_own, step)):
            break
        found = _sheets_of(site, step)[: MOST_SHEETS - len(sheets)]
        sheets += found
        read = [each for each in site.of_role(SHEET) if _is_kept(each, store)]
        if not _are_answered(read, found):
            break
        step = [each for each in _named(site, found, store) if each.url not in asks]
        step = step[: most - len(asks)]
        asks |= {each.url: each for each in step}
    return [*asks.values(), *sheets]


def resources_asked(site: Site) -> list[Ask]:
    """Return what of the pages to check, each address once, the same for the same site."""
    asks: dict[str, Ask] = {}
    known: set[tuple[str, str]] = set()
    together: set[tuple[str, tuple[str, ...]]] = set()  # mostly pages of a folder name the same
    for page in sorted(site.pages, key=lambda page: (page.depth, page.address)):
        root, folder = origin(page.address), page.address.rpartition("/")[0]
        refs = page.traits.resources.refs
        if (folder, refs) in together:
            continue
        together.add((folder, refs))
        for ref in refs:
            key = (root if is_rooted(ref) else folder, ref)
            if key in known:
                continue
            known.add(key)
            url = _address(page.address, ref)
            if url and url not in asks and not _is_met(site, url):
                asks[url] = Ask(url=url, role=ROLE, parent=page.url)
        if len(asks) >= MOST:
            break
    return list(asks.values())[:MOST]


def _is_met(site: Site, url: str) -> bool:
    """Whether a link led there as well, so that it has been asked for."""
    seen = site.evidence.get(url)
    return seen is not None and seen.role in MET


def _are_answered(answers: Iterable[Evidence], asks: Iterable[Ask]) -> bool:
    """Whether no answer is missing."""
    return {each.url for each in asks} <= {each.url for each in answers}


def _is_kept(seen: Evidence, store: Store) -> bool:
    """Whether its bytes, where it had any, were not lost meanwhile; else it is fetched anew."""
    return not seen.sha256 or seen.sha256 in store


def _sheets_of(site: Site, asks: Iterable[Ask]) -> list[Ask]:
    """Return which of `asks` are style sheets of the site that live, in the same order."""
    seen = {each.url: each for each in site.of_role(ROLE)}
    return [
        Ask(url=each.url, role=SHEET, parent=each.parent)
        for each in asks
        if _is_own(each) and _is_sheet(seen[each.url])
    ]


def _is_sheet(seen: Evidence) -> bool:
    return seen.status == 200 and seen.media_type == "text/css" and not seen.failure


def _named(site: Site, sheets: Iterable[Ask], store: Store) -> list[Ask]:
    """Return what style sheets that were read name, each address once."""
    seen = {each.url: each for each in site.of_role(SHEET)}
    asks: dict[str, Ask] = {}
    for sheet in sheets:
        read = seen[sheet.url]
        for ref in _refs_of(read, store):
            url = _address(read.final_url or read.url, ref)
            if url and not _is_met(site, url):
                asks.setdefault(url, Ask(url=url, role=ROLE, parent=sheet.url))
    return list(asks.values())


def _refs_of(sheet: Evidence, store: Store) -> Iterator[str]:
    if sheet.sha256 and sheet.status == 200:
        yield from named_in(store.get(sheet.sha256)[:LONGEST].decode("utf-8", "replace"))


def _is_own(ask: Ask) -> bool:
    """Whether it is the site's; what lies on other hosts need not be asked for."""
    return site_of(ask.url) == site_of(ask.parent)


def _address(base: str, ref: str) -> str | None:
    try:
        return resolve(base, ref)
    except BadAddress:
        return None
