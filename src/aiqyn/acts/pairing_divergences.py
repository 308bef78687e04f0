"""Where a Kazakh and a Russian paragraph state different things."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from aiqyn.acts.pairing_facts import Fact, facts
from aiqyn.acts.pairing_unlike import unlike
from aiqyn.catalogue import ROOT, read
from aiqyn.text import LANGUAGES, Text, say

LONG = 80  # characters of the longer text from which lengths are compared
RATIO = 2.5  # times one text may be longer than the other
A_TEXT = 4  # words from which a text's language is told
FOREIGN = 0.3  # share of words with Kazakh letters from which a text is not Russian
_WORD = re.compile(r"[^\W\d_]{2,}")
_KAZAKH = re.compile("[әғқңөұүһі]", re.IGNORECASE)
_RUSSIAN = re.compile(
    r"\b(?:в|на|не|от|по|со?|из|для|или|при|что|его|их|как|настоящ\w+|котор\w+|\w{3,}(?:ого|ими|ость"
    r"|ение|ения|ении|тся|ться|ться|ющий|ющие|щего|нных|нный|ный|ной))\b",
    re.IGNORECASE,
)


class Span(msgspec.Struct, frozen=True):
    """A place in a paragraph's text: text[start:end]."""

    start: int
    end: int


class Divergence(msgspec.Struct, frozen=True, kw_only=True):
    """One thing the two texts do not say alike."""

    code: str  # of `pairing_phrases.yaml`
    phrase: Text
    kk: tuple[Span, ...] = ()  # empty where the Kazakh text says nothing of it
    ru: tuple[Span, ...] = ()


def divergences(kk: str, ru: str) -> tuple[Divergence, ...]:
    """Return where two paragraphs that should say the same do not."""
    if not kk.strip() or not ru.strip():
        code = "empty_kk" if ru.strip() else "empty_ru"
        return (named(code),) if kk.strip() or ru.strip() else ()
    foreign = tuple(_in_other_language(kk, ru))
    if foreign:
        return foreign
    return (*_stated(kk, ru), *_lengths(kk, ru))


Spans = tuple[Span, ...]


def named(
    code: str, kk: str = "", ru: str = "", *, places: tuple[Spans, Spans] = ((), ())
) -> Divergence:
    """Return a divergence with its phrase; `kk` and `ru` are what stands in the texts."""
    told = _phrases()[code]
    phrase = {
        language: say(told, language).format(kk=_quoted(kk, language), ru=_quoted(ru, language))
        for language in LANGUAGES
    }
    return Divergence(code=code, phrase=Text(phrase), kk=places[0], ru=places[1])


@cache
def _phrases() -> dict[str, Text]:
    return read(ROOT / "acts" / "pairing_phrases.yaml", dict[str, Text])


def _quoted(words: str, language: str) -> str:
    marks = "“{}”" if language == "en" else "«{}»"
    return marks.format(words) if words else say(_phrases()["nothing"], language)


def _in_other_language(kk: str, ru: str) -> Iterator[Divergence]:
    if is_russian(kk):
        yield named("language_kk", places=((Span(0, len(kk)),), ()))
    if is_kazakh(ru):
        yield named("language_ru", places=((), (Span(0, len(ru)),)))


def is_kazakh(text: str) -> bool:
    """Whether a text that should be Russian is Kazakh."""
    words = _WORD.findall(text)
    return len(words) >= A_TEXT and _with_kazakh(words) >= FOREIGN * len(words)


def is_russian(text: str) -> bool:
    """Whether a text that should be Kazakh is Russian."""
    words = _WORD.findall(text)
    if len(words) < A_TEXT or _with_kazakh(words):
        return False
    return len(_RUSSIAN.findall(text)) >= 2


def _with_kazakh(words: Sequence[str]) -> int:
    return sum(1 for word in words if _KAZAKH.search(word))


def _lengths(kk: str, ru: str) -> Iterator[Divergence]:
    short, long = sorted((len(kk.strip()), len(ru.strip())))
    if long >= LONG and long > RATIO * short:
        yield named("length")


def _stated(kk: str, ru: str) -> Iterator[Divergence]:
    for code, one, two in unlike(facts(kk, "kk"), facts(ru, "ru")):
        saw = (kk[one.start : one.end] if one else "", ru[two.start : two.end] if two else "")
        yield named(code, *saw, places=(_spans(one), _spans(two)))


def _spans(fact: Fact | None) -> Spans:
    return (Span(fact.start, fact.end),) if fact else ()
