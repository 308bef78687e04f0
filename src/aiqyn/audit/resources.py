"""Which pictures, style sheets and scripts of a site are asked for, to learn whether they live.

The site's own style sheets that live are then fetched, and what they name is asked for in turn.
"""

from collections.abc import Iterator

from aiqyn.chain import Ask, Evidence
from aiqyn.fetch.addresses import BadAddress, is_rooted, origin, resolve, site_of
from aiqyn.fetch.store import Store
from aiqyn.subjects.site import Site
from aiqyn.subjects.styles import named_in

ROLE, SHEET = "resource", "sheet"
MOST = 300  # of one site; those of the pages nearest the first one come first
MOST_SHEETS = 8  # that are read
LONGEST = 1_000_000  # bytes read of one


def resources_asked(site: Site) -> list[Ask]:
    """Return what to check, each address once, the same for the same site."""
    asks: dict[str, Ask] = {}
    known: set[tuple[str, str]] = set()
    for page in sorted(site.pages, key=lambda page: (page.depth, page.address)):
        root, folder = origin(page.address), page.address.rpartition("/")[0]
        for ref in page.traits.resources.refs:
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
    return seen is not None and seen.role != ROLE


def sheets_asked(site: Site) -> list[Ask]:
    """Return which style sheets of the site, known to live, are to be read."""
    own = [
        each
        for each in site.of_role(ROLE)
        if each.status == 200 and each.media_type == "text/css" and _is_own(each)
    ]
    return [Ask(url=each.url, role=SHEET, parent=each.parent) for each in own[:MOST_SHEETS]]


def asked_by_sheets(site: Site, store: Store) -> list[Ask]:
    """Return what the style sheets that were read name, each address once."""
    asks: dict[str, Ask] = {}
    for sheet in site.of_role(SHEET):
        for ref in _refs_of(sheet, store):
            url = _address(sheet.final_url or sheet.url, ref)
            if url and not _is_met(site, url):
                asks.setdefault(url, Ask(url=url, role=ROLE, parent=sheet.url))
    return list(asks.values())[:MOST]


def _refs_of(sheet: Evidence, store: Store) -> Iterator[str]:
    if sheet.sha256 and sheet.status == 200:
        yield from named_in(store.get(sheet.sha256)[:LONGEST].decode("utf-8", "replace"))


def _is_own(seen: Evidence) -> bool:
    return site_of(seen.url) == site_of(seen.parent)


def _address(base: str, ref: str) -> str | None:
    try:
        return resolve(base, ref)
    except BadAddress:
        return None
