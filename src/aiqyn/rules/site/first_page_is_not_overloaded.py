"""The first page does not put more before its reader than a person can look over."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.site import PageFacts, Site


def check(
    site: Site, *, links: int = 200, words: int = 1500, images: int = 60, news: int = 20
) -> Iterator[Place]:
    pages = [page for page in site.first_pages if not page.is_shell]
    if not pages:
        raise CannotTell("not_read")
    items = {page.address for page in site.news} | {page.url for page in site.news}
    for page in sorted(pages, key=lambda page: page.address):
        load = page.traits.wayfinding.load
        for note, seen, most in (
            ("many_links", load.links, links),
            ("many_words", load.words, words),
            ("many_images", load.images, images),
            ("many_news", _news_on(page, site, items), news),
        ):
            if seen > most:
                yield Place(
                    where="body",
                    saw=f"{seen} > {most}",
                    address=page.address,
                    evidence=page.sha256,
                    note=note,
                )


def _news_on(page: PageFacts, site: Site, items: set[str]) -> int:
    """How many single news items the page leads to."""
    found = {site.urls[number] for number in page.links} & items
    return len({target.url for each in found if (target := site.page_at(each))})
