"""Other languages are reached by ordinary links, from every page and without a script."""

from collections.abc import Iterator, Sequence

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import Site
from aiqyn.subjects.twins import by_group, twins_of

FEW = 3  # pages without a switch that are a slip rather than a habit


def check(
    site: Site, *, languages: Sequence[str] = ("kk", "ru", "en"), share: float = 0.1
) -> Iterator[Place | Count]:
    """`share` of the pages may lack the switch: printable versions, pages of a widget."""
    twins = twins_of(site)
    offered = twins.offered(languages)
    scripted = [
        (language, page)
        for page in site.first_pages
        for language in sorted(page.traits.languages.scripted)
        if language != twins.tongue[page.url] and not twins.crossing(page, language).addresses
    ]
    lacking = [
        (f"{own} → {other}", page)
        for own in offered
        for page in twins.pages[own]
        for other in offered
        if other != own and not twins.crossing(page, other).addresses
    ]
    asked = sum(len(twins.pages[own]) for own in offered) * (len(offered) - 1)
    if not scripted and not asked:
        raise Inapplicable
    for language, page, _ in by_group(scripted):
        yield Place(
            where="body",
            saw=language,
            address=page.address,
            evidence=page.sha256,
            note="script_only",
        )
    if len(lacking) < FEW or len(lacking) <= share * asked:
        return
    yield Count(good=asked - len(lacking), of=asked)
    for direction, page, number in by_group(lacking):
        yield Place(
            where="body",
            saw=f"{direction}: {number}",
            address=page.address,
            evidence=page.sha256,
            note="no_switch",
        )
