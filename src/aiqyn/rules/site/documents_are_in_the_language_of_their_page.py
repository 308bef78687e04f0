"""What a page offers to download is in the language of the page."""

from collections import defaultdict
from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.document_facts import DocumentFacts
from aiqyn.subjects.site import PageFacts, Site


def check(site: Site) -> Iterator[Place | Count]:
    """Only a page all of whose documents are in other languages is spoken of.

    A page may well add the Russian text to the Kazakh one.
    """
    by_url = {each.url: each for each in site.documents if each.language}
    told = {place: by_url[url] for place, url in enumerate(site.urls) if url in by_url}
    judged = [(page, found) for page in site.pages if (found := _hung_on(page, told))]
    if not judged:
        raise Inapplicable
    foreign = [
        (page, found)
        for page, found in judged
        if all(each.language != page.written for each in found)
    ]
    yield Count(good=len(judged) - len(foreign), of=len(judged))
    spoken_of: dict[str, list[str]] = defaultdict(list)
    for page, found in foreign:
        for each in found:
            spoken_of[each.address].append(f"{page.written} {page.address} → {each.language}")
    for address, saw in sorted(spoken_of.items()):
        yield Place(where="document", address=address, saw=saw[0][:160], note="other_language")


def _hung_on(page: PageFacts, told: dict[int, DocumentFacts]) -> list[DocumentFacts]:
    """The documents a page links to, where the language of both is known."""
    if page.written not in ("kk", "ru", "en") or not told:
        return []
    return [told[number] for number in sorted(told.keys() & set(page.links))]
