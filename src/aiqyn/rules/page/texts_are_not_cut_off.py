"""A text ends where its author ended it, and "read more" leads to more."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.prose import MORE, paragraphs, prose_of
from aiqyn.subjects.spaces import closing, squeeze

DOTS = ("...", "…", "…]", "...]")
NEAR_END = 500  # characters of main text; what follows an article is shorter
_WORDS = frozenset(phrase.split()[0] for phrase in MORE)
ENOUGH = 40  # characters of a paragraph that can be cut


def check(page: Page) -> Iterator[Place]:
    """Only a page about one thing is judged by its last words: lists show beginnings of texts."""
    prose = prose_of(page)
    if not prose.words:
        raise Inapplicable
    end = closing(page.loose_text, NEAR_END)
    if ("…" in end or "..." in end) and len(page.main_headings) == 1:
        yield from _cut(page)
    is_said = not _WORDS.isdisjoint(word.lower().rstrip(".:…") for word in prose.hot)
    if is_said and not page.holds(b"<script") and not page.holds(b"onclick"):
        yield from _leading_nowhere(page)


def _cut(page: Page) -> Iterator[Place]:
    texts = [each for each in paragraphs(page, page.main_text) if len(each) >= ENOUGH]
    cut = [each for each in texts if each.endswith(DOTS)]
    if len(cut) != 1 or texts[-1] != cut[0]:
        return
    rest = page.main_text.rpartition(cut[0][-ENOUGH:])[2].lower()
    if not any(phrase in rest for phrase in MORE):
        yield Place(where="p", saw=f"…{cut[0][-100:]}", note="cut_off")


def _leading_nowhere(page: Page) -> Iterator[Place]:
    """A page without scripts has no other way to show more than a link that leads somewhere."""
    for node in page.nodes("a"):
        href = node.attributes.get("href")
        is_empty = href is not None and href.strip() in ("", "#")
        if is_empty and _name(node) in MORE:
            yield Place(
                where=page.path_of(node), saw=shorten(node.html or ""), note="leads_nowhere"
            )


def _name(node: LexborNode) -> str:
    return squeeze(node.text()).lower().rstrip(".:»>→ ")
