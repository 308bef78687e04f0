"""The running words of one page, gone through once for all rules about plain words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from msgspec import Struct

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.subjects.around import Inside
from aiqyn.subjects.lexicon import unfolded
from aiqyn.subjects.once import kept
from aiqyn.subjects.page import Page
from aiqyn.subjects.spaces import squeeze

LONG_ENOUGH = 4  # letters of a word by which a phrase is found
_FRAMES = ("nav", "header", "footer", "aside")
_BLOCKS = ("p", "div", "blockquote", "li", "dd", "td")
_MARKS = ".,:;!…"
STRAY = 3  # paragraphs outside the main text after which it is over
MORE = frozenset(
    ("подробнее", "подробнее…", "читать далее", "далее", "читать полностью", "толығырақ", "толық",
     "толық оқу", "жалғасын оқу", "read more", "more", "continue reading")
)  # fmt: skip
_OF_ACTS = frozenset(
    ("бұйырамын", "бұйырамын:", "приказываю", "приказываю:", "постановляет", "постановляет:",
     "постановляю", "решил:", "прилагаемые", "бекітілсін", "бекітілсін.", "енгізілсін")
)  # fmt: skip


class Placeholders(Noun, frozen=True, kw_only=True):
    """Phrases that stand where a text was to be; see the file."""

    anywhere: tuple[str, ...]
    alone: tuple[str, ...]


class Prose(Struct, frozen=True):
    """`hot` are the words of the text by which phrases worth a look are found, as written."""

    text: str  # the first READ characters of main text
    words: int  # in it
    hot: frozenset[str]


@cache
def officialese() -> dict[str, dict[str, str]]:
    """Return phrases of officialese by language, each with what to write instead."""
    return read(ROOT / "subjects" / "officialese.yaml", dict[str, dict[str, str]])


@cache
def placeholders() -> Placeholders:
    return read(ROOT / "subjects" / "placeholders.yaml", Placeholders)


@cache
def _hot() -> frozenset[str]:
    words = (
        placeholders_by_word().keys() | _OF_ACTS | {word for each in MORE for word in each.split()}
    )
    words |= {key for language in officialese() for key in officialese_by_word(language)}
    every_case = {form for word in words for form in (word, word.capitalize(), word.upper())}
    at_the_end = {f"{word}{mark}" for word in every_case for mark in _MARKS}
    return frozenset(every_case | at_the_end | unfolded().keys())


@cache
def placeholders_by_word() -> dict[str, tuple[str, ...]]:
    """Return the phrases of `placeholders` by each of their longer words."""
    listed = placeholders()
    return _by_word((*listed.anywhere, *listed.alone), _longer_words)


@cache
def officialese_by_word(language: str) -> dict[str, tuple[str, ...]]:
    """Return the phrases of `officialese` by their longest word."""
    return _by_word(officialese().get(language, {}), lambda phrase: [max(phrase.split(), key=len)])


def _longer_words(phrase: str) -> list[str]:
    return [word for word in phrase.split() if len(word) >= LONG_ENOUGH]


def _by_word(
    phrases: Iterable[str], words_of: Callable[[str], list[str]]
) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        for word in words_of(phrase):
            found[word].append(phrase)
    return {word: tuple(listed) for word, listed in found.items()}


def likely(hot: Iterable[str], by_word: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the phrases some word of which is among `hot`, each once, in order."""
    found = (by_word.get(word.lower().rstrip(_MARKS), ()) for word in hot)
    return sorted({phrase for phrases in found for phrase in phrases})


@kept
def prose_of(page: Page) -> Prose:
    """Return the words of the main text, gone through once a page."""
    words = page.running.split()
    return Prose(page.running, len(words), _hot().intersection(words))


def paragraphs(page: Page, within: str) -> Iterator[str]:
    """Yield the texts of <p> that stand in `within`, a piece of main text, in page order."""
    place, strayed = 0, 0
    for node in page.nodes("p"):
        text = squeeze(node.text())
        found = within.find(text[:60], place) if text else -1
        if found >= 0:
            place, strayed = found + len(text), 0
            yield text
        elif place:
            strayed += 1
        if place >= len(within) or strayed > STRAY:
            return


def blocks(page: Page) -> Iterator[tuple[str, bool]]:
    """Yield the text of each paragraph outside menus and the like, and whether it is running text.

    Of other blocks, items and cells, which may hold paragraphs, it is their own text.
    """
    # Of `lean` all of it: an item of a menu left out has no text of its own.
    framed = Inside(node for around in _FRAMES for node in page.nodes(around))
    items = Inside([*page.nodes_lean("li"), *page.nodes("dd")])
    for piece in _BLOCKS:
        for node in page.nodes_lean(piece):
            if node in framed:
                continue
            is_paragraph = piece == "p"
            text = node.text() if is_paragraph else node.text(deep=False, separator=" ")
            yield text, is_paragraph and node not in items


def is_act(page: Page) -> bool:
    """Whether the page gives the text of a legal act, which nobody may word otherwise."""
    return any(word.lower() in _OF_ACTS for word in prose_of(page).hot)
