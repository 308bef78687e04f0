"""Pages lie few clicks from the first one; single news, parts of lists and months are exempt."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.groups import by_folder, is_part
from aiqyn.subjects.site import Site


def check(site: Site, *, clicks: int = 5, at_least: int = 95) -> Iterator[Place | Count]:
    news = {page.url for page in site.news}
    asked = [
        page
        for page in site.pages
        if page.url in site.clicks and page.url not in news and not is_part(page.url)
    ]
    if len(asked) < 2:
        raise Inapplicable
    far = [page for page in asked if site.clicks[page.url] > clicks]
    yield Count(good=len(asked) - len(far), of=len(asked))
    if 100 * len(far) <= (100 - at_least) * len(asked):
        return
    for group in by_folder(far, of=asked):
        deepest = max(group.pages, key=lambda page: (site.clicks[page.url], page.address))
        yield Place(
            where=f"{site.clicks[deepest.url]} > {clicks}",
            saw=group.told,
            address=deepest.address,
            evidence=deepest.sha256,
            note="too_far",
        )
