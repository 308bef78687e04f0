"""The site spells the name of its body as the registry does, in each language."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.groups import told
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.spelling import Spelling
from aiqyn.subjects.twins import twins_of


def check(site: Site) -> Iterator[Place]:
    """A word is held against the site only beside another word of the name, rightly spelt."""
    if not site.about.names:
        raise Inapplicable
    spelling = {code: Spelling(name) for code, name in site.about.names.items()}
    tongue = twins_of(site).tongue
    first = {page.url for page in site.first_pages}
    wrong: dict[tuple[str, str, str], list[PageFacts]] = {}
    pages = sorted(site.pages, key=lambda page: (page.url not in first, page.depth, page.address))
    for page in pages:
        known = spelling.get(tongue[page.url])
        if known is None:
            continue
        texts = _said(page, is_first=page.url in first)
        slips = (slip for text, is_near in texts for slip in known.slips(text, is_near=is_near))
        for slip in dict.fromkeys(slips):
            wrong.setdefault((tongue[page.url], *slip), []).append(page)
    if not wrong and not any(known.is_named for known in spelling.values()):
        raise Inapplicable
    for (language, was, ought), found in wrong.items():
        saw = f"{language}: «{was}» → «{ought}»"
        yield Place(
            where="header",
            saw=told(saw, [page.address for page in found]) or saw,
            address=found[0].address,
            evidence=found[0].sha256,
            note="misspelt",
        )


def _said(page: PageFacts, *, is_first: bool) -> Iterator[tuple[str, bool]]:
    """Yield what a page says of its site, and whether the name of the body is near.

    On a first page title, header and footer are one text: they are of the body alone.
    """
    words = page.traits.words
    if is_first:
        yield " … ".join((page.title, *page.traits.wayfinding.names, words.edges)), True
    else:
        yield page.title, False
    yield words.heading, False
    yield words.foot, False
