"""The running words of one page, gone through once for all rules about plain words."""

import re
from collections.abc import Iterator
from functools import cache
from weakref import WeakKeyDictionary

from msgspec import Struct

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Noun
from aiqyn.subjects.language import sentences
from aiqyn.subjects.lexicon import unfolded
from aiqyn.subjects.page import Page
from aiqyn.subjects.spaces import squeeze

LONG_ENOUGH = 4  # letters of a word by which a phrase is found
MORE = frozenset(
    ("подробнее", "подробнее…", "читать далее", "далее", "читать полностью", "толығырақ", "толық",
     "толық оқу", "жалғасын оқу", "read more", "more", "continue reading")
)  # fmt: skip
_ACT = re.compile(
    r"бұйырамын|қаулы етеді|шешім қабылдады|приказываю|постановля\w+|решил:|утвердить прилагаем"
    r"|бекітілсін|құқықтық акт|қолданысқа енгізіледі|вводится в действие|hereby (?:order|decree)"
)


class Placeholders(Noun, frozen=True, kw_only=True):
    """Phrases that stand where a text was to be; see the file."""

    anywhere: tuple[str, ...]
    alone: tuple[str, ...]


class Prose(Struct, frozen=True):
    """`hot` are the words of the text by which phrases worth a look are found."""

    words: int
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
    phrases = [*placeholders().anywhere, *placeholders().alone]
    words = {word for phrase in phrases for word in phrase.split() if len(word) >= LONG_ENOUGH}
    words |= {key_of(phrase) for listed in officialese().values() for phrase in listed}
    words |= {word for phrase in MORE for word in phrase.split()}
    every_case = {form for word in words for form in (word, word.capitalize(), word.upper())}
    return frozenset(every_case | unfolded().keys())


@cache
def key_of(phrase: str) -> str:
    """Return the longest word of a phrase: a text without it is not searched further."""
    return max(phrase.split(), key=len)


def prose_of(page: Page) -> Prose:
    """Return the words of the main text, gone through once a page."""
    known = _KNOWN.get(page)
    if known is None:
        words = page.loose_text.split()
        known = _KNOWN[page] = Prose(len(words), _hot().intersection(words))
    return known


def paragraphs(page: Page) -> Iterator[str]:
    """Yield the texts of <p> that stand in the main text, in page order."""
    whole = page.main_text
    for node in page.nodes("p"):
        text = squeeze(node.text())
        if text and text[:60] in whole:
            yield text


def sentences_of(page: Page) -> Iterator[str]:
    """Yield the sentences of `paragraphs`; lists, tables and headings are none."""
    for text in paragraphs(page):
        yield from sentences(text)


def is_act(page: Page) -> bool:
    """Whether the page gives the text of a legal act, which nobody may word otherwise."""
    return _ACT.search(page.main_text.lower()) is not None


_KNOWN: WeakKeyDictionary[Page, Prose] = WeakKeyDictionary()
