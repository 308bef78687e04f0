"""Versions of a page in different languages are about as long."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import PageFacts, Site, is_home
from aiqyn.subjects.twins import by_group, folder_of, twins_of


def check(
    site: Site,
    *,
    languages: Sequence[str] = ("kk", "ru"),
    share: float = 0.5,
    from_characters: int = 600,
) -> Iterator[Place | Count]:
    """Only pages written in their own language are compared; lists of news are not."""
    twins = twins_of(site)
    judged, short = 0, []
    for one, other, how in twins.pairs(languages):
        longer, shorter = sorted((one, other), key=_size, reverse=True)
        is_certain = how != "date" and not _is_list(longer) and not longer.is_shell
        if not is_certain or shorter.is_shell or _size(longer) < from_characters:
            continue
        judged += 1
        if _size(shorter) < share * _size(longer):
            tongue = twins.tongue[shorter.url]
            short.append((tongue, shorter, longer, how))
    if not judged:
        raise Inapplicable
    yield Count(good=judged - len(short), of=judged)
    groups = by_group((f"{tongue}: {folder_of(page)}", page) for tongue, page, _, _ in short)
    of_page = {page.url: (longer, how) for _, page, longer, how in short}
    for group, page, number in groups:
        longer, how = of_page[page.url]
        yield Place(
            where="main",
            saw=f"{group} ({number}): {_size(page)} / {_size(longer)}, {longer.address} ({how})",
            address=page.address,
            evidence=page.sha256,
            note="shorter",
        )


def _size(page: PageFacts) -> int:
    return page.traits.languages.size


def _is_list(page: PageFacts) -> bool:
    """A first page or a list shows what is new; how much that is, differs by the day."""
    return is_home(page.address) or "news" in page.sections or len(page.listed) > 2
