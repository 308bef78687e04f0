"""No banner calls readers to a programme or an event that is over."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.groups import told
from aiqyn.subjects.programmes import programmes
from aiqyn.subjects.site import PageFacts, Site

LATELY = 90  # days: pictures of what has just been stand on a first page rightly


def check(site: Site) -> Iterator[Place]:
    if site.first is None or site.first.is_shell:
        raise CannotTell("not_read")
    shown: dict[str, list[PageFacts]] = {}
    news = {page.url for page in site.news}  # their pictures tell of what was
    pages = [page for page in site.pages if page.url not in news]
    for page in sorted(pages, key=lambda page: (page.depth, page.address)):
        for code in page.traits.health.programmes:
            shown.setdefault(code, []).append(page)
    over = {code for code in shown if programmes()[code].ended < site.as_of}
    if not over and (doubts := list(_may_be_over(site, news))):
        yield from doubts
        raise CannotTell("maybe")
    if not shown:
        raise Inapplicable
    for code, pages in sorted(shown.items()):
        programme = programmes()[code]
        if code in over:
            name = f"{programme.title['kk']} ({programme.ended})"
            yield Place(
                where="img",
                saw=told(name, [page.address for page in pages]) or name,
                address=pages[0].address,
                evidence=pages[0].sha256,
                note="over",
            )


def _may_be_over(site: Site, news: set[str]) -> Iterator[Place]:
    """Yield pictures of first pages that lead to no news and name a time that is past."""
    for page in site.first_pages:
        for each in page.traits.health.dated:
            target = site.page_at(each.leads_to)
            is_past = (site.as_of - each.last).days > LATELY
            if is_past and (target is None or target.url not in news):
                saw = f"{each.said} → {each.leads_to}"
                yield Place(where="img", saw=saw, address=page.address, evidence=page.sha256)
