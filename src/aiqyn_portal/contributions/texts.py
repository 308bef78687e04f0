"""What people write, made fit to be published: letters that hide or turn others are taken out."""

import re
import unicodedata

from django.utils.translation import get_language

from aiqyn.subjects import personal_prose
from aiqyn.subjects.language import language_of
from aiqyn.text import LANGUAGES, without_controls

# turn the direction of what follows, or take no place at all: used to hide words
_HIDDEN = dict.fromkeys(
    [
        *(0x00AD, 0x061C, 0x180E, 0x200B, 0x200C, 0x2060, 0x2061, 0x2062, 0x2063, 0x2064, 0xFEFF),
        *(*range(0x202A, 0x202F), *range(0x2066, 0x2070), *range(0xE0000, 0xE0080)),
    ]
)
_JOINER = "\u200d"  # joins pictures: a family is four of them; between letters it hides
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]"
_PILE = re.compile(f"({_MARK}{{3}}){_MARK}+")
_LINES = re.compile(r"\n{3,}")


def clean(text: str) -> str:
    """Return `text` as it may be kept: composed letters, no controls, nothing that hides.

    Line ends become one character; piles of marks over a letter and empty lines are shortened.
    """
    plain = without_controls(text.replace("\r\n", "\n").replace("\r", "\n")).translate(_HIDDEN)
    plain = "".join(_joined(plain)) if _JOINER in plain else plain
    plain = _PILE.sub(r"\1", unicodedata.normalize("NFC", plain))
    return _LINES.sub("\n\n", "\n".join(line.rstrip() for line in plain.split("\n"))).strip()


def _joined(text: str) -> list[str]:
    """The characters of `text` without joiners that join no picture."""
    before = " " + text
    return [
        each
        for each, last in zip(text, before, strict=False)
        if each != _JOINER or unicodedata.category(last) in ("So", "Sk", "Mn")
    ]


def language(text: str) -> str:
    """The language of the text where it can be told, else that of the page."""
    told = language_of(text)
    page = (get_language() or "")[:2]
    return told if told in LANGUAGES else page if page in LANGUAGES else LANGUAGES[0]


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(each.isalnum() for each in text)


def masks(*written: str) -> list[str]:
    """Return how each text would be published, where there are personal data to mask; else []."""
    plain = [clean(each) for each in written]
    shown = [masked(each) for each in plain]
    return shown if shown != plain else []


def masked(text: str) -> str:
    """Return `text` with the personal data in it masked; names stay, officials have names."""
    return personal_prose.mask(text).text
