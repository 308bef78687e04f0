"""Titles and headings are in the language of the text below them."""

from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import Site
from aiqyn.subjects.twins import by_group, twins_of


def check(site: Site) -> Iterator[Place | Count]:
    """One title over many pages is one place, with how many pages it stands on.

    A page that keeps none of its version's language is another finding.
    """
    tongue = twins_of(site).tongue
    judged = [page for page in site.pages if page.written and page.written == tongue[page.url]]
    if not judged:
        raise Inapplicable
    foreign = [page for page in judged if page.traits.languages.foreign]
    yield Count(good=len(judged) - len(foreign), of=len(judged))
    named = [
        (f"{what}: {page.written} → {language}, «{text}»", page)
        for page in foreign
        for what, language, text in page.traits.languages.foreign
    ]
    for saw, page, number in by_group(named):
        yield Place(
            where=saw.partition(":")[0],
            saw=f"{saw.partition(': ')[2]} ({number})",
            address=page.address,
            evidence=page.sha256,
            note="other_language",
        )
