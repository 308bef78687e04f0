"""Menus, buttons and labels are in the language of the version they stand in."""

from collections import defaultdict
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.twins import twins_of

MOST_SHOWN = 8


def check(site: Site, *, at_least: int = 2) -> Iterator[Place]:
    """Names are gathered from the pages near the first one; `at_least` of them are a finding."""
    twins = twins_of(site)
    pages = [page for page in site.pages if page.depth <= 1 and page.written]
    judged = [page for page in pages if page.written == twins.tongue[page.url]]
    if not judged:
        raise Inapplicable
    foreign: dict[tuple[str, str], dict[str, PageFacts]] = defaultdict(dict)
    for page in sorted(judged, key=lambda page: (page.depth, page.address)):
        for language, name in page.traits.languages.untranslated:
            foreign[twins.tongue[page.url], language].setdefault(name, page)
    for (own, language), names in sorted(foreign.items()):
        if len(names) < at_least:
            continue
        page = next(iter(names.values()))
        shown = ", ".join(f"«{name}»" for name in list(names)[:MOST_SHOWN])
        more = f" +{len(names) - MOST_SHOWN}" if len(names) > MOST_SHOWN else ""
        yield Place(
            where="body",
            saw=f"{own} → {language}: {shown}{more}",
            address=page.address,
            evidence=page.sha256,
            note="untranslated",
        )
