"""How complete a site's mandatory content is, section by section.

A section is judged as Infometer judges a parameter: found × complete × current ×
accessible, weighed by its importance. What could not be judged (an outside site, a
scan, no date) is None and lowers nothing. Of two versions, Kazakh and Russian, the
worse counts: neither makes up for what the other leaves out.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date, timedelta
from decimal import Decimal
from operator import itemgetter
from weakref import WeakKeyDictionary

from aiqyn.chain import Noun
from aiqyn.subjects.document_facts import DocumentFacts
from aiqyn.subjects.parts import is_document
from aiqyn.subjects.section_pages import SectionPages
from aiqyn.subjects.sections import Section, expected_of, sections
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.twins import twins_of
from aiqyn.subjects.versions import Version, is_as_long, shows_more, versions_of
from aiqyn.text import favour

# Infometer's coefficients, as published at system.infometer.org.
COMPLETE = {"none": Decimal("0.2"), "some": Decimal("0.5"), "all": Decimal(1)}
CURRENT = {"old": Decimal("0.7"), "late": Decimal("0.85"), "new": Decimal(1)}
ACCESSIBLE = {"far": Decimal("0.9"), "near": Decimal("0.95"), "at_hand": Decimal(1)}
CLICKS = 3  # to a section at hand; one more is near, and whatever is farther is far

ENOUGH_ITEMS = 2  # links in the text of a page that make a list

_Documents = Mapping[str, DocumentFacts | None]  # None: nobody has read it


class VersionState(Noun, frozen=True, kw_only=True):
    """What one language's version of a section tells; `language` is "" where there is but one."""

    language: str = ""
    address: str = ""
    sha256: str = ""
    lacks: tuple[str, ...] = ()  # needs that nothing of it meets
    unknown: tuple[str, ...] = ()  # needs that a document or an unread page may meet
    newest: date | None = None
    newest_words: str = ""


class SectionState(Noun, frozen=True, kw_only=True):
    """What was found of one section; factors are None where nothing can be said."""

    code: str
    address: str = ""  # where it is; "" when it was not found
    sha256: str = ""  # of the page there
    language: str = ""  # of the page there
    is_outside: bool = False  # kept on another site, which was not read
    clicks: int | None = None  # from the first page; None when no ordinary links lead there
    pages: int = 0  # its own and those right below
    documents: int = 0
    lacks: tuple[str, ...] = ()  # needs that nothing of one of its versions meets
    unknown: tuple[str, ...] = ()  # needs that a document or an unread page may meet
    newest: date | None = None  # of the version that is oldest
    newest_words: str = ""
    versions: tuple[VersionState, ...] = ()  # where there are several
    is_stale: bool = False
    complete: Decimal | None = None
    current: Decimal | None = None
    accessible: Decimal | None = None

    @property
    def is_found(self) -> bool:
        return bool(self.address)

    @property
    def told(self) -> tuple[VersionState, ...]:
        """Its versions, or all of it as the only one."""
        return self.versions or (
            VersionState(
                address=self.address,
                sha256=self.sha256,
                lacks=self.lacks,
                unknown=self.unknown,
                newest=self.newest,
                newest_words=self.newest_words,
            ),
        )

    @property
    def share(self) -> Decimal:
        """Product of the factors, 0–1."""
        if not self.is_found:
            return Decimal(0)
        product = Decimal(1)
        for factor in (self.complete, self.current, self.accessible):
            product *= 1 if factor is None else factor
        return product


def states_of(site: Site) -> dict[str, SectionState]:
    """Return the state of every section expected of this kind of body, by code."""
    return _content_of(site).states


def percent(states: Iterable[SectionState]) -> Decimal:
    """Return the weighted share of all sections, 0–100, to one decimal; 100 for none."""
    weights = [(sections()[each.code].importance, each.share) for each in states]
    most = sum(weight for weight, _ in weights)
    got = sum((weight * share for weight, share in weights), Decimal(0))
    return (100 * got / most).quantize(Decimal("0.1")) if most else Decimal(100)


def pages_of(site: Site, code: str) -> list[PageFacts]:
    """Return the pages of a section and those right below it, in order of address."""
    pages = _content_of(site).pages
    return pages.with_below(pages.own.get(code, []), code)


def own_pages_of(site: Site, code: str) -> list[PageFacts]:
    """Return the pages of a section alone, without those below; [] where it has none here."""
    return list(_content_of(site).pages.own.get(code, ()))


def unnamed_page_of(site: Site, code: str) -> PageFacts | None:
    """Return a page that has the content of a section and the name of none; None for no such."""
    asked = [need.split("|") for need in sections()[code].needs]
    homes = {page.url for page in site.first_pages}
    found = [
        page
        for page in _content_of(site).pages.spoken.get(code, ())
        if page.url not in homes and not any(map(page.traits.content.met.isdisjoint, asked))
    ]
    return min(found, key=lambda page: (-favour(page.language), page.address), default=None)


def pages_by_version(site: Site, code: str) -> list[Version]:
    """Return the pages of a section as readers of each language see them; [] where it has none."""
    return _content_of(site).versions(code)


def documents_of(site: Site, pages: Iterable[PageFacts]) -> Mapping[str, DocumentFacts | None]:
    """Return by address what pages of a section offer for download; None for what is unread."""
    return _content_of(site).pages.documents_of(pages)


_KNOWN: "WeakKeyDictionary[Site, _SiteContent]" = WeakKeyDictionary()


def _content_of(site: Site) -> "_SiteContent":
    if site not in _KNOWN:
        _KNOWN[site] = _SiteContent(site)
    return _KNOWN[site]


class _SiteContent:
    """The states of a site's sections; keeps no hold of the site itself."""

    def __init__(self, site: Site) -> None:
        self.pages = SectionPages(site)
        self._twins = twins_of(site)
        expected = expected_of(site.about.kind)
        self.states = {each.code: self._state(site, each) for each in expected}
        self.states |= {each.code: self._within(each) for each in expected if each.within}
        self.states |= {each.code: self._told_in(each) for each in expected if each.told_in}

    def versions(self, code: str) -> list[Version]:
        own = self.pages.own.get(code, [])
        return versions_of(self._twins, own, self.pages.with_below(own, code)) if own else []

    def _state(self, site: Site, section: Section) -> SectionState:
        own = self.pages.own.get(section.code, [])
        if not own:
            return self._state_outside(section.code)
        pages = self.pages.with_below(own, section.code)
        documents = self.pages.documents_of(pages)
        shown = _shown(site, own)
        told = self._told(site, section, versions_of(self._twins, own, pages), documents)
        dated = [(each.newest, each.newest_words) for each in told if each.newest]
        newest, words = min(dated, key=itemgetter(0), default=(None, ""))
        lacking = {need for each in told for need in each.lacks}
        unsure = {need for each in told for need in each.unknown} - lacking
        shares = [_complete(section, each) for each in told]
        clicks = [site.clicks[page.url] for page in own if page.url in site.clicks]
        age = site.as_of - newest if newest and section.days else None
        return SectionState(
            code=section.code,
            address=shown.address,
            sha256=shown.sha256,
            language=shown.language or shown.written or "",
            clicks=min(clicks, default=None),
            pages=len(pages),
            documents=len(documents),
            lacks=_in_order(section, lacking),
            unknown=_in_order(section, unsure),
            newest=newest,
            newest_words=words,
            versions=tuple(told) if len(told) > 1 else (),
            is_stale=age is not None and age > timedelta(days=section.days),
            complete=min((each for each in shares if each is not None), default=None),
            current=_current(age, section.days),
            accessible=_accessible(min(clicks, default=None)),
        )

    def _told(
        self, site: Site, section: Section, versions: Sequence[Version], documents: _Documents
    ) -> list[VersionState]:
        unmet = [self._unmet(section, each, documents) for each in versions]
        by_none = set(section.needs).intersection(*unmet)
        whole = [each for each, lacking in zip(versions, unmet, strict=True) if not lacking]
        familiar = _pictures_of(site.first_pages).union(
            *(_pictures_of(each.pages) for each in whole)
        )
        found = []
        for version, lacking in zip(versions, unmet, strict=True):
            others = [each for each in versions if each is not version]
            hosts = () if documents else section.elsewhere  # what is here is not elsewhere
            is_hidden = (
                _is_hidden(version, documents)
                or not _shown_alone(version).issubset(familiar)
                or self.pages.lead_elsewhere(version.pages, hosts)
            )
            unsure = lacking if is_hidden else set()
            if is_as_long(version, others) or shows_more(version, others):
                unsure = unsure | (lacking - by_none)  # told in a picture, or in words we miss
            shown = _shown(site, version.own)
            newest, words = _newest(site, section, version.pages)
            found.append(
                VersionState(
                    language=version.language,
                    address=shown.address,
                    sha256=shown.sha256,
                    lacks=_in_order(section, lacking - unsure),
                    unknown=_in_order(section, unsure),
                    newest=newest,
                    newest_words=words,
                )
            )
        return found

    def _within(self, section: Section) -> SectionState:
        """A section without a page of its own is where a section that tells of it too is."""
        own, wider = self.states[section.code], self.states[section.within]
        if own.is_found or not wider.is_found or wider.lacks:
            return own
        return _there(section, wider)

    def _told_in(self, section: Section) -> SectionState:
        """A section without a page of its own is where every version of another tells it all."""
        own, wider = self.states[section.code], self.states[section.told_in]
        if own.is_found or not wider.is_found or wider.is_outside:
            return own
        versions = self.versions(section.told_in)
        documents = self.pages.documents_of([page for each in versions for page in each.pages])
        if any(self._unmet(section, each, documents) for each in versions):
            return own
        return _there(section, wider)

    def _state_outside(self, code: str) -> SectionState:
        if code not in self.pages.outside:
            return SectionState(code=code)
        clicks, address = self.pages.outside[code]
        return SectionState(
            code=code,
            address=address,
            is_outside=True,
            clicks=clicks,
            documents=int(is_document(address)),
            accessible=_accessible(clicks),
        )

    def _unmet(self, section: Section, version: Version, documents: _Documents) -> set[str]:
        """Return the needs of a section that a version of it does not meet."""
        met = {code for page in version.pages for code in page.traits.content.met}
        if documents:
            met.add("document")
        met.update(*(each.met for each in documents.values() if each))
        if any(self.pages.count_items(page) >= ENOUGH_ITEMS for page in version.own):
            met.add("items")
        return {each for each in section.needs if met.isdisjoint(each.split("|"))}


def _there(section: Section, wider: SectionState) -> SectionState:
    """Return the state of a section that is where a `wider` one is."""
    return SectionState(
        code=section.code,
        address=wider.address,
        sha256=wider.sha256,
        language=wider.language,
        is_outside=wider.is_outside,
        clicks=wider.clicks,
        accessible=wider.accessible,
    )


def _shown(site: Site, own: Sequence[PageFacts]) -> PageFacts:
    return min(
        own, key=lambda page: (page.language != "kk", site.clicks.get(page.url, 99), page.url)
    )


def _is_hidden(version: Version, documents: _Documents) -> bool:
    """Whether a document, or a page nobody looked through, may meet what nothing else does."""
    return any(each is None or not each.is_told for each in documents.values()) or any(
        page.is_shell or not page.traits.content.is_read for page in version.pages
    )


def _shown_alone(version: Version) -> frozenset[str]:
    """Return what pages show that say next to nothing: a picture may tell it all."""
    return frozenset(each for page in version.pages for each in page.traits.content.shown)


def _pictures_of(pages: Iterable[PageFacts]) -> frozenset[str]:
    return frozenset(ref for page in pages for ref in page.traits.resources.refs)


def _in_order(section: Section, needs: Set[str]) -> tuple[str, ...]:
    return tuple(need for need in section.needs if need in needs)


def _newest(site: Site, section: Section, pages: Sequence[PageFacts]) -> tuple[date | None, str]:
    """Return the latest day the section names, and its words; of news, that of the latest item."""
    if section.by_label and not any(page.traits.freshness.is_updated for page in pages):
        return None, ""
    if section.code == "news":
        days = [page.published for page in site.news]
        days += [day for page in pages for day in page.listed]
        newest = max((day for day in days if day and day <= site.as_of), default=None)
        return newest, newest.isoformat() if newest else ""
    told = [(page.traits.freshness, favour(page.language)) for page in pages]
    known = [
        (min(fresh.newest, site.as_of), first, fresh.newest_words)
        for fresh, first in told
        if fresh.newest
    ]
    newest, _, words = max(known, default=(None, 0, ""))
    return newest, words


def _complete(section: Section, told: VersionState) -> Decimal | None:
    needs, lacks, unknown = len(section.needs), len(told.lacks), len(told.unknown)
    if needs and needs == unknown:
        return None
    if not lacks:
        return COMPLETE["all"]
    return COMPLETE["none" if lacks == needs - unknown else "some"]


def _current(age: timedelta | None, days: int) -> Decimal | None:
    if age is None:
        return None
    if age <= timedelta(days=days):
        return CURRENT["new"]
    return CURRENT["late" if age <= timedelta(days=2 * days) else "old"]


def _accessible(clicks: int | None) -> Decimal:
    if clicks is None or clicks > CLICKS + 1:
        return ACCESSIBLE["far"]
    return ACCESSIBLE["at_hand" if clicks <= CLICKS else "near"]
