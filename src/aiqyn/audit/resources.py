"""Which pictures, style sheets and scripts of a site are asked for, to learn whether they live."""

from aiqyn.chain import Ask
from aiqyn.fetch.addresses import BadAddress, is_rooted, origin, resolve
from aiqyn.subjects.site import PageFacts, Site

ROLE = "resource"
MOST = 300  # of one site; those of the pages nearest the first one come first


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
            url = _address(page, ref)
            if url and url not in asks and not _is_met(site, url):
                asks[url] = Ask(url=url, role=ROLE, parent=page.url)
        if len(asks) >= MOST:
            break
    return list(asks.values())[:MOST]


def _is_met(site: Site, url: str) -> bool:
    """Whether a link led there as well, so that it has been asked for."""
    seen = site.evidence.get(url)
    return seen is not None and seen.role != ROLE


def _address(page: PageFacts, ref: str) -> str | None:
    try:
        return resolve(page.address, ref)
    except BadAddress:
        return None
