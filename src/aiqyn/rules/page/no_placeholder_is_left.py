"""No page shows what an editor meant to replace."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page
from aiqyn.subjects.prose import LONG_ENOUGH, placeholders, prose_of

AROUND = 40  # characters quoted on either side


def check(page: Page, *, alone_below: int = 250) -> Iterator[Place]:
    """What may be said in earnest counts only on pages of less than `alone_below` characters."""
    prose = prose_of(page)
    if not prose.words:
        raise Inapplicable
    if not prose.hot:
        return
    text = page.main_text.lower()
    phrases = placeholders().anywhere
    if len(text) < alone_below:
        phrases += placeholders().alone
    for phrase in phrases:
        if (place := _found(phrase, text)) >= 0:
            quoted = page.main_text[max(0, place - AROUND) : place + len(phrase) + AROUND]
            yield Place(where="main", saw=quoted.strip(), note="placeholder")
            return


def _found(phrase: str, text: str) -> int:
    """Return where `phrase` stands in `text` as whole words; -1 for nowhere."""
    if len(max(phrase.split(), key=len)) < LONG_ENOUGH:
        return -1
    place = text.find(phrase)
    end = place + len(phrase)
    is_whole = (place == 0 or not text[place - 1].isalnum()) and not text[end : end + 1].isalnum()
    return place if place >= 0 and is_whole else -1
