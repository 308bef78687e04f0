"""Words are written with the letters of their language: search and screen readers need them."""

import re
from collections.abc import Iterator, Sequence, Set

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.language import sentences, tell
from aiqyn.subjects.lexicon import RUSSIAN, unfolded, votes_of
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.prose import Prose, blocks, prose_of

MOST_SHOWN = 8
TYPED = 3  # different words in Russian letters that are no slip of the hand
SELDOM = 8  # of so many letters of Kazakh one at the least is its own, most often two
_LEAD = b"\xd0\xd1\xd2\xd3"  # the first bytes of Cyrillic letters
_LEAD_OF_OWN, _OWN = b"\xd2\xd3", ("і".encode(), "І".encode())  # of seven of Kazakh; and і
_WITH_OWN = re.compile("[әғқңөұүһі]")
LONG = 120  # characters of words in small letters: so many, and none of Kazakh was typed
SPOKEN = 4  # such words of a sentence; a list of names and posts has fewer
_SMALL = re.compile(r"(?<![\w-])[а-яёәғқңөұүһі]{2,}(?![\w-])")
_MISTYPED = re.compile(  # "казандык", "бузгандарга", "тексерди", "берилген": no Kazakh word ends so
    r"[а-я]{2,}(?:[лдт][ыи]к|[ыу][лн]?ган(?:дар)?|[рлн]га|[дтрншлг]и|[иу]н?нин|[еи]р?дин"
    r"|и[лрн]ген|илип)"
)
ITEM = 6  # such words of an item, a cell or a block, and the mark that ends a sentence
_ENDED = re.compile(r"[.!?…;:]\W*$")
A_FEW = 4  # words of a sentence to one Russian word, in Kazakh

# Bytes of UTF-8 by what they are: Latin letters L, lead bytes of Cyrillic D, bytes after it c.
_KINDS = bytes(
    0x4C if byte in b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    else 0x44 if 0xD0 <= byte <= 0xD3
    else 0x63 if 0x80 <= byte <= 0xBF
    else 0x20
    for byte in range(256)
)  # fmt: skip
_MIXED = re.compile(r"(?<![\w.@/-])[\u0400-\u04ffaceopxyiABCEHKMOPTXYI]{3,40}(?![\w@/-])")
_LATIN = re.compile(r"[A-Za-z]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_NUMERAL = re.compile(r"[IІVXХ]+")
_ONLY_I = re.compile(r"[\u0400-\u04ffiI]+")


def check(page: Page, *, at_least: int = 2) -> Iterator[Place]:
    """`at_least` words with letters of another alphabet are a finding."""
    prose = prose_of(page)
    if page.language not in ("kk", "ru"):
        raise Inapplicable
    text = prose.text
    kinds = text.encode().translate(_KINDS)
    if b"LD" in kinds or b"DcL" in kinds:
        yield from _with_latin_letters(text, at_least)
    if page.language == "kk":
        yield from _with_russian_letters(page, prose)


def _with_latin_letters(text: str, at_least: int) -> Iterator[Place]:
    words = dict.fromkeys(word for word in _MIXED.findall(text) if _is_mixed(word))
    if len(words) < at_least:
        return
    note = "latin_i" if all(_ONLY_I.fullmatch(word) for word in words) else "latin_letters"
    saw = ", ".join(f"«{word}»" for word in list(words)[:MOST_SHOWN])
    yield Place(where="main", saw=f"{len(words)}: {saw}", note=note)


def _with_russian_letters(page: Page, prose: Prose) -> Iterator[Place]:
    right = unfolded()
    typed = sorted(prose.hot & right.keys())
    if len(typed) >= TYPED:
        saw = ", ".join(f"«{word}» → {right[word]}" for word in typed[:MOST_SHOWN])
        yield Place(where="main", saw=f"{len(typed)}: {saw}", note="russian_letters")
        return
    written = prose.text.encode()
    own = _times(written, _LEAD_OF_OWN) + sum(map(written.count, _OWN))
    if own * SELDOM < _times(written, _LEAD):
        text = _told_without_own(page, right.keys())
        if text:
            yield Place(where="main", saw=f"«{shorten(text)}»", note="no_kazakh_letters")


def _times(written: bytes, any_of: bytes) -> int:
    """How many of the bytes are `any_of` those: one walk for all."""
    return len(written) - len(written.translate(None, any_of))


def _told_without_own(page: Page, known: Set[str]) -> str:
    """Return running text that is Kazakh and has no letter of it; "" where that is not sure."""
    told = {each: words for each, words in _without_own(page) if not _is_russian(each, words)}
    spoken = {word for words in told.values() for word in words}
    typed = {word for word in spoken if word in known or _MISTYPED.fullmatch(word)}
    is_sure = len(typed) >= TYPED and len(" ".join(spoken)) >= LONG
    text = " ".join(told)
    return text if is_sure and tell(text).language == "kk" else ""


def _without_own(page: Page) -> Iterator[tuple[str, list[str]]]:
    """Yield sentences of running text that have no letter of Kazakh, with their small words."""
    for text, is_running in blocks(page):
        for each in sentences(text):
            words = _SMALL.findall(each)
            is_spoken = len(words) >= (SPOKEN if is_running else ITEM)
            is_whole = is_running or _ENDED.search(each)
            if is_spoken and is_whole and not _WITH_OWN.search(each.lower()):
                yield each, words


def _is_russian(sentence: str, words: Sequence[str]) -> bool:
    votes = votes_of(words)
    return votes.count(RUSSIAN) * A_FEW >= len(votes) or tell(sentence).language == "ru"


def _is_mixed(word: str) -> bool:
    is_both = _LATIN.search(word) and len(_CYRILLIC.findall(word)) > 1
    return bool(is_both) and not _NUMERAL.fullmatch(word)
