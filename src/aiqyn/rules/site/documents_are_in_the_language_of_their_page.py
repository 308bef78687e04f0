"""What a page offers to download is in the language of the page."""

import re
from collections import defaultdict
from collections.abc import Iterator

from aiqyn.chain import Count, Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.document_facts import DocumentFacts
from aiqyn.subjects.site import PageFacts, Site

# Languages as names of files end with them: plan-2026_kaz.pdf
_OF_NAMES = {"kk": "kk", "kz": "kk", "kaz": "kk", "qaz": "kk", "ru": "ru", "rus": "ru"}
_OF_NAMES |= {"en": "en", "eng": "en"}
_NAMED = re.compile(r"[-_.](kk|kz|kaz|qaz|rus?|eng?)\.[a-z0-9]{2,5}$", re.IGNORECASE)


def check(site: Site) -> Iterator[Place | Count]:
    """A page is spoken of all whose documents are in other languages, or one belies its name.

    A page may well add the Russian text to the Kazakh one.
    """
    by_url = {each.url: each for each in site.documents if each.language}
    told = {place: by_url[url] for place, url in enumerate(site.urls) if url in by_url}
    judged = [(page, found) for page in site.pages if (found := _hung_on(page, told))]
    if not judged:
        raise Inapplicable
    foreign = [(page, wrong) for page, found in judged if (wrong := _foreign(page, found))]
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


def _foreign(page: PageFacts, found: list[DocumentFacts]) -> list[DocumentFacts]:
    """All of them, or those named after the language of the page and written in another."""
    others = [each for each in found if each.language != page.written]
    if len(others) == len(found):
        return others
    return [each for each in others if _promised(each.address) == page.written]


def _promised(address: str) -> str:
    """The language a file's name ends with; "" where it names none."""
    named = _NAMED.search(address)
    return _OF_NAMES[named[1].lower()] if named else ""
