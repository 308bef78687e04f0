"""No banner calls readers to a programme or an event that is over."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.groups import told
from aiqyn.subjects.programmes import programmes
from aiqyn.subjects.site import PageFacts, Site


def check(site: Site) -> Iterator[Place]:
    if site.first is None or site.first.is_shell:
        raise CannotTell("not_read")
    shown: dict[str, list[PageFacts]] = {}
    news = {page.url for page in site.news}  # their pictures tell of what was
    pages = [page for page in site.pages if page.url not in news]
    for page in sorted(pages, key=lambda page: (page.depth, page.address)):
        for code in page.traits.health.programmes:
            shown.setdefault(code, []).append(page)
    if not shown:
        raise Inapplicable
    for code, pages in sorted(shown.items()):
        programme = programmes()[code]
        if programme.ended < site.as_of:
            name = f"{programme.title['kk']} ({programme.ended})"
            yield Place(
                where="img",
                saw=told(name, [page.address for page in pages]) or name,
                address=pages[0].address,
                evidence=pages[0].sha256,
                note="over",
            )
