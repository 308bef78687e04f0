"""Pages tell search engines in a sentence of their own what they are about."""

from collections import Counter
from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell
from aiqyn.subjects.groups import by_folder, is_part
from aiqyn.subjects.site import PageFacts, Site

SHARED = 3  # pages that may share a description: parts of one matter


def check(site: Site, *, at_least: int = 80) -> Iterator[Place | Count]:
    pages = [page for page in site.pages if not page.forwards_to and not is_part(page.url)]
    if not pages:
        raise CannotTell("not_read")
    times = Counter(page.traits.wayfinding.description for page in pages)
    missing = [page for page in pages if not page.traits.wayfinding.description]
    repeated = [page for page in pages if _is_repeated(page, times)]
    bad = len(missing) + len(repeated)
    yield Count(good=len(pages) - bad, of=len(pages))
    if 100 * bad <= (100 - at_least) * len(pages):
        return
    for note, found in (("missing", missing), ("repeated", repeated)):
        for group in by_folder(found, of=pages):
            yield Place(
                where="meta[name=description]",
                saw=group.told,
                address=group.first.address,
                evidence=group.first.sha256,
                note=note,
            )


def _is_repeated(page: PageFacts, times: Counter[int]) -> bool:
    description = page.traits.wayfinding.description
    return description != 0 and times[description] > SHARED
