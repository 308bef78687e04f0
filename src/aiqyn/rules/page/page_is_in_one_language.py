"""A page of one version is written in one language throughout."""

from collections.abc import Iterator
from itertools import chain

from aiqyn.chain import Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.language import ENOUGH, declared, tell, tell_page
from aiqyn.subjects.language import sentences as sentences_in
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.prose import paragraphs
from aiqyn.subjects.site import language_of_address

A_SENTENCE = 5  # words


def check(page: Page, *, sentences: int = 2) -> Iterator[Place]:
    """At least so many `sentences` in each of two languages make a mixed page.

    Only a page that promises a language, in its address or its mark, is held to it.
    """
    if page.language:
        return
    promised = language_of_address(page.address) or declared(page.declared_language or "")
    if not promised or not page.main_text:
        raise Inapplicable
    is_short = len(page.main_text) < ENOUGH
    told = tell(page.main_text) if is_short else tell_page(page.loose_text)
    other = _other_language(page, promised, sentences) if told.language == "mixed" else ""
    if other:
        yield Place(where="main", saw=f"{told}: {shorten(other, 100)}", note="mixed")
    elif is_short:
        raise CannotTell("little_text")
    elif told.language != "mixed":
        raise Inapplicable


def _other_language(page: Page, promised: str, sentences: int) -> str:
    """Return a sentence of another language, where both have enough; "" where one has not."""
    of: dict[str, list[str]] = {}
    texts = paragraphs(page, page.main_text)
    for each in chain.from_iterable(map(sentences_in, texts)):
        if each.count(" ") >= A_SENTENCE - 1:
            of.setdefault(tell(each).language, []).append(each)
    others = [code for code in ("kk", "ru", "en") if code != promised and code in of]
    both = [code for code in others if min(len(of[code]), len(of.get(promised, ""))) >= sentences]
    return of[both[0]][0] if both else ""
