"""Words of a text as search knows them: Kazakh, Russian and English in one index.

Each word has a stem, exact to the letter, and a folded key that forgives Kazakh letters
typed as Russian ones or as Latin ones. Nothing is ever dropped: positions are kept.
"""

import hashlib
import re
import threading
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import snowballstemmer
from msgspec import Struct
from msgspec.structs import replace

from aiqyn import catalogue
from aiqyn.words import letters
from aiqyn.words.kazakh import Kazakh, roots

REMEMBERED = 65_536  # words, each with what it was reduced to
LONGEST = 40  # letters; more of them are no word, and only these are read

BEFORE = " \t\"'«“„(–—-"  # what may stand between the end of a sentence and its next word
ENDS = ".!?…:;\n"  # of a sentence
SEEN = 12  # characters before a word that tell whether a sentence begins with it
WORD = re.compile(r"[^\W_][\w\u0300-\u036f]*(?:['’ʼ][^\W_]+)*")
_STEMMERS = threading.local()  # Snowball's keep the word they are at


class Reduced(Struct, frozen=True):
    """What one word is reduced to."""

    stem: str
    folded: str
    language: str  # "kk", "ru", "en"; "" for numbers and other alphabets
    also: tuple[str, ...] = ()  # stems it has if it is of another language than the likeliest
    is_known: bool = False  # Kazakh, and its root is one of roots.yaml
    besides: tuple[str, str] | tuple[()] = ()  # of a word that finds it: stem, folded key


class Token(Struct, frozen=True):
    """A word where it stands: text[start:end]."""

    word: str
    stem: str
    folded: str
    start: int
    end: int
    language: str
    also: tuple[str, ...] = ()
    besides: tuple[str, str] | tuple[()] = ()


@cache
def edition() -> str:
    """Return a mark of the tables words are reduced by: another one, and stems may differ."""
    tables = ("suffixes", "roots", "letters")
    folder = catalogue.ROOT / "words"
    told = b"".join((folder / f"{name}.yaml").read_bytes() for name in tables)
    return hashlib.sha256(told).hexdigest()[:16]


def analyse(text: str, language: str = "") -> list[Token]:
    """Return the words of `text`; `language` is that of the whole, "" where nobody knows.

    Words with Kazakh letters are Kazakh in a text of any language.
    """
    return [
        Token(
            found[0],
            made.stem,
            made.folded,
            *found.span(),
            made.language,
            made.also,
            () if made.besides and _is_name(found) else made.besides,
        )
        for found, made in _reduced(text, language)
    ]


def _is_name(found: re.Match[str]) -> bool:
    """Whether a word has its capital though no sentence begins with it."""
    start = found.start()
    before = found.string[max(0, start - SEEN) : start].rstrip(BEFORE)
    if before == "" or not found[0][0].isupper():
        return False
    return before[-1] not in ENDS or _shortened().search(before) is not None


def stems(text: str, language: str = "") -> list[str]:
    """Return the stems of `text` in its order."""
    return [made.stem for _, made in _reduced(text, language)]


def _reduced(text: str, language: str) -> Iterator[tuple[re.Match[str], Reduced]]:
    for found in WORD.finditer(text):
        yield found, reduce(found[0], language)


@lru_cache(maxsize=REMEMBERED)
def reduce(word: str, language: str = "") -> Reduced:
    """Reduce one word, in any case, of a text in `language`."""
    plain = letters.plain(word)[:LONGEST]
    if letters.is_cyrillic(plain):
        made = _cyrillic(plain, language)
        besides = _besides().get(made.folded)
        return replace(made, besides=besides) if besides else made
    if any("a" <= letter <= "z" for letter in plain):
        return _latin(plain, language)
    return Reduced(plain, plain, "")


def _cyrillic(word: str, language: str) -> Reduced:
    if letters.is_kazakh(word):
        known = _exact().known(word)
        folded = _folding().key(letters.fold(known)) if known else ""
        typed = letters.fold(word)  # some of the letters may be Russian ones none the less
        return Reduced(
            known or _exact().guess(word), folded or _folding().stem(typed), "kk", (), bool(known)
        )
    if language == "ru":
        stem = snowball("russian", word)
        return Reduced(stem, stem, "ru")
    if language == "kk":
        return Reduced(_exact().stem(word), _folding().stem(word), "kk")
    return _of_either(word)


def _of_either(word: str) -> Reduced:
    """Reduce a word without Kazakh letters where nobody says what language it is of."""
    russian, folded = snowball("russian", word), _folding().stem(word)
    kazakh = _exact().known(word)
    if kazakh:
        return Reduced(kazakh, folded, "kk", (russian,))
    return Reduced(russian, folded, "ru", (_exact().stem(word),))


@lru_cache(maxsize=1)
def _besides() -> dict[str, tuple[str, str]]:
    """Return by the folded key of names that are forms of another word: its stem and key."""
    others = {name: _cyrillic(other, "kk") for name, other in roots().besides.items()}
    return {
        _folding().key(letters.fold(name)): (other.stem, other.folded)
        for name, other in others.items()
    }


@lru_cache(maxsize=1)
def _shortened() -> re.Pattern[str]:
    """Return what finds a word that is written short at the end, but for «т.б.» and «др.»."""
    letter, mute = r"[^\W\d_]", r"[^\W\d_аәеёиіоөуұүыэюя]"
    words = "|".join(roots().shortened.split())
    return re.compile(
        rf"(?<!{letter})(?<!т\.)(?!др\.)(?:{letter}|{mute}{{2}}|{words})\.$", re.IGNORECASE
    )


def _latin(word: str, language: str) -> Reduced:
    written = letters.from_latin(word)
    if language == "kk" or letters.is_marked(word):
        stem = _folding().stem(written)
        return Reduced(stem, stem, "kk")
    stem = snowball("english", word)
    kazakh = _folding().known(written) if language != "en" and len(word) > LATIN else ""
    return Reduced(stem, kazakh or stem, "en", (kazakh,) if kazakh else ())


LATIN = 3  # letters of an English word that is never asked whether it is Kazakh


@lru_cache(maxsize=1)
def _exact() -> Kazakh:
    return Kazakh()


@lru_cache(maxsize=1)
def _folding() -> Kazakh:
    return Kazakh(letters.fold)


def snowball(language: str, word: str) -> str:
    """Reduce a word by the Snowball algorithm of "russian" or "english"."""
    stemmer: Any = getattr(_STEMMERS, language, None)
    if stemmer is None:
        stemmer = snowballstemmer.stemmer(language)
        setattr(_STEMMERS, language, stemmer)
    return str(stemmer.stemWord(word))
