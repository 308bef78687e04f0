"""Whatever the sitemap names can be reached by links from the first page."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.groups import by_folder, spoken
from aiqyn.subjects.site import Site


def check(site: Site) -> Iterator[Place | Count]:
    if site.first is None or site.first.is_shell:
        raise CannotTell("not_read")
    files = {each.url for each in site.of_role("sitemap") if each.status == 200}
    if not files:
        raise Inapplicable
    pages = [page for page in site.pages if not page.forwards_to]
    searches = {page.traits.wayfinding.search.partition("?")[0] for page in site.pages}
    # A whole language without a link is another rule's matter.
    languages = {spoken(page) for page in pages if page.url in site.clicks}
    orphans = [
        page
        for page in pages
        if page.url not in site.clicks
        and site.evidence[page.url].parent in files
        and page.address not in searches
        and spoken(page) in languages
    ]
    for group in by_folder(orphans, of=pages):
        yield Place(
            where="sitemap.xml",
            saw=group.told,
            address=group.first.address,
            evidence=group.first.sha256,
            note="unreachable",
        )
    if orphans and (site.was_cut or "max_depth" in site.answers.cuts):
        raise CannotTell("not_all_read")
    yield Count(good=len(pages) - len(orphans), of=len(pages))
