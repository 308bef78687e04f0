"""No page shows what an editor meant to replace."""

from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page
from aiqyn.subjects.prose import likely, placeholders, placeholders_by_word, prose_of

AROUND = 40  # characters quoted on either side


def check(page: Page, *, alone_below: int = 250) -> Iterator[Place]:
    """What may be said in earnest counts only on pages of less than `alone_below` characters."""
    prose = prose_of(page)
    if not prose.words:
        raise Inapplicable
    phrases = likely(prose.hot, placeholders_by_word())
    if not phrases:
        return
    text = prose.text.lower()
    for phrase in phrases:
        is_meant = phrase not in placeholders().anywhere and len(page.main_text) >= alone_below
        if not is_meant and (place := _found(phrase, text)) >= 0:
            quoted = prose.text[max(0, place - AROUND) : place + len(phrase) + AROUND]
            yield Place(where="main", saw=quoted.strip(), note="placeholder")
            return


def _found(phrase: str, text: str) -> int:
    """Return where `phrase` stands in `text` as whole words; -1 for nowhere."""
    place = text.find(phrase)
    end = place + len(phrase)
    is_whole = (place == 0 or not text[place - 1].isalnum()) and not text[end : end + 1].isalnum()
    return place if place >= 0 and is_whole else -1
