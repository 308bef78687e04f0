"""What people come for most often is one click from the first page of their language."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.groups import spoken
from aiqyn.subjects.sections import sections as known
from aiqyn.subjects.site import PageFacts, Site


def check(
    site: Site, *, sections: Sequence[str] = ("about", "contacts", "news", "services", "appeals")
) -> Iterator[Place | Count]:
    pages = [page for page in site.first_pages if not page.is_shell]
    if not pages:
        raise CannotTell("not_read")
    asked = [(page, code) for page in pages for code in sections if _exists(code, page, site)]
    if not asked:
        raise Inapplicable
    missing = [(page, code) for page, code in asked if not _leads_to(code, page, site)]
    yield Count(good=len(asked) - len(missing), of=len(asked))
    for page, code in sorted(missing, key=lambda pair: (pair[0].address, sections.index(pair[1]))):
        yield Place(
            where=code,
            saw=known()[code].title["kk"],
            address=page.address,
            evidence=page.sha256,
            note="not_on_the_first_page",
        )


def _exists(code: str, page: PageFacts, site: Site) -> bool:
    """A section that is nowhere in this language is another rule's matter."""
    return any(spoken(each) == spoken(page) for each in site.pages_of(code))


def _leads_to(code: str, page: PageFacts, site: Site) -> bool:
    if code in page.sections or any(named == code for named, _ in page.named_links):
        return True
    targets = {each.url for each in site.pages_of(code)}
    leads = (site.page_at(site.urls[number]) for number in page.links)
    return any(target is not None and target.url in targets for target in leads)
