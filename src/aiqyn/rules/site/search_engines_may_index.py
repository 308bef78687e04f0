"""First pages and sections do not turn search engines away, nor name another address their own."""

import re
from collections import defaultdict
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.groups import by_folder, is_local, is_of_site, told
from aiqyn.subjects.parts import is_document
from aiqyn.subjects.purpose import is_for_searching
from aiqyn.subjects.robots import Line, closing, lines_for
from aiqyn.subjects.site import PageFacts, Site, is_home, language_of_address

_HIDDEN = re.compile(r"^x-robots-tag:.*\bno(?:index|ne)\b", re.IGNORECASE | re.MULTILINE)
ENGINES = ("Googlebot", "YandexBot")  # a line for everybody is one for them
MANY = 3  # documents closed by one line that nobody closes one by one


def check(site: Site) -> Iterator[Place]:
    pages = [page for page in _near(site) if not is_for_searching(page.address)]
    if not pages:
        raise CannotTell("not_read")
    yield from _hidden(pages, site)
    yield from _closed(site)
    astray = [page for page in site.pages if _leads_astray(page, site)]
    for group in by_folder(astray, of=site.pages):
        canonical = group.first.traits.wayfinding.canonical
        yield Place(
            where="link[rel=canonical]",
            saw=told(canonical, [page.address for page in group.pages]) or canonical,
            address=group.first.address,
            evidence=group.first.sha256,
            note="other_address",
        )


def _near(site: Site) -> list[PageFacts]:
    """The first page of each language, and what they lead to."""
    firsts = site.first_pages
    linked = {site.urls[number] for page in firsts for number in page.links}
    near = {page.url for page in firsts} | {
        page.url for page in map(site.page_at, linked) if page is not None
    }
    return [page for page in site.pages if page.url in near]


def _closed(site: Site) -> Iterator[Place]:
    """Sections and documents that lines of robots.txt close; all of the site is S013's."""
    sections: dict[str, Line] = {}
    documents: dict[str, Line] = {}
    for reader in ENGINES if "isallow" in site.answers.robots.lower() else ():
        lines = lines_for(reader, site.answers.robots)
        if lines and not closing(site.start, lines):
            sections |= _sections(site, lines)
            documents |= _documents(site, lines)
    for line in sorted({*sections.values(), *documents.values()}):
        named = sorted(url for url, each in sections.items() if each == line)
        files = sorted(url for url, each in documents.items() if each == line)
        if named or len(files) >= MANY:
            yield _at(line, [*named, *files], site, "closed_sections" if named else "closed_files")


def _at(line: Line, closed: list[str], site: Site, note: str) -> Place:
    robots = site.of_role("robots")[0]
    written = site.answers.robots.splitlines()[line.number - 1].strip()
    return Place(
        where=f"robots.txt:{line.number}",
        saw=told(written, closed) or f"{written}: {closed[0]}",
        address=robots.url,
        evidence=robots.sha256,
        note=note,
    )


def _sections(site: Site, lines: list[Line]) -> dict[str, Line]:
    """Return the closed pages of sections none of whose pages in that language is open."""
    named: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for page in site.pages:
        for code, address in page.named_links:
            if is_of_site(address, site) and not is_home(address):
                named[code, language_of_address(address)].add(address)
    found: dict[str, Line] = {}
    for addresses in named.values():
        closed = {address: closing(address, lines) for address in addresses}
        if all(closed.values()):
            found |= {address: line for address, line in closed.items() if line}
    return found


def _documents(site: Site, lines: list[Line]) -> dict[str, Line]:
    """Return the closed documents, those that are closed to us too among them."""
    unread = (url for url, seen in site.evidence.items() if seen.failure == "robots")
    known = {each.url for each in site.documents}.union(filter(is_document, unread))
    closed = {url: closing(url, lines) for url in known if is_of_site(url, site)}
    return {url: line for url, line in closed.items() if line}


def _hidden(pages: list[PageFacts], site: Site) -> Iterator[Place]:
    in_head = [page for page in pages if page.traits.wayfinding.is_hidden]
    in_headers = [page for page in pages if _HIDDEN.search(site.evidence[page.url].headers)]
    for where, hidden in (("meta[name=robots]", in_head), ("X-Robots-Tag", in_headers)):
        for group in by_folder(hidden, of=pages):
            yield Place(
                where=where,
                saw=group.told,
                address=group.first.address,
                evidence=group.first.sha256,
                note="hidden",
            )


def _leads_astray(page: PageFacts, site: Site) -> bool:
    """Whether a page names another site its own, or the first page though it is none."""
    canonical = page.traits.wayfinding.canonical
    if not canonical or page.forwards_to:
        return False
    if not is_of_site(canonical, site):
        return not is_local(site.start)
    return is_home(canonical) and not is_home(page.address)
