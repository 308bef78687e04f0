"""One phrase in the languages of Aiqyn."""

import re
from collections.abc import Iterable
from typing import NewType

LANGUAGES = ("kk", "ru", "en")
FALLBACK = ("kk", "ru", "en")

Text = NewType("Text", dict[str, str])


def favour(language: str) -> int:
    """More for what of equals comes first: a text in Kazakh, then in Russian, then in English."""
    return -LANGUAGES.index(language) if language in LANGUAGES else -len(LANGUAGES)


# what XML 1.0 cannot hold, for `str.translate`
NOT_IN_XML = dict.fromkeys([*({*range(32)} - {9, 10, 13}), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])
_CONTROLS = NOT_IN_XML | dict.fromkeys([0x0D, *range(0x7F, 0xA0)])
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run what begins so
_NEGATIVE = re.compile(r"-\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_GAP = re.compile(r"\\\{(\w+)\\\}")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ«“\"\d])")


def say(text: Text, language: str) -> str:
    """Return the phrase in `language`, or in the first fallback that has it."""
    for code in (language, *FALLBACK):
        if text.get(code):
            return text[code]
    return ""


def missing(text: Text) -> list[str]:
    """Return the languages in which the phrase has not been written yet."""
    return [code for code in LANGUAGES if not text.get(code)]


class Sentences:
    """Sentences known by their English words; a {gap} of those is filled in the others.

    The first that fits counts. A gap ends before the next ": ", but for {detail}.
    """

    def __init__(self, texts: Iterable[Text]) -> None:
        self._known = tuple((_pattern(text["en"]), text) for text in texts)

    def find(self, words: str) -> tuple[Text, dict[str, str]] | None:
        """Return the sentence that these English words are, and what stands in its gaps."""
        for pattern, text in self._known:
            if found := pattern.fullmatch(words):
                return text, found.groupdict()
        return None


def _pattern(english: str) -> re.Pattern[str]:
    return re.compile(_GAP.sub(_gap, re.escape(english)), re.DOTALL)


def _gap(gap: re.Match[str]) -> str:
    return f"(?P<{gap[1]}>{'.+' if gap[1] == 'detail' else '(?:(?!: ).)+?'})"


def first_sentence(words: str) -> str:
    """Return `words` up to the end of its first sentence."""
    return _SENTENCE_ENDS.split(words, maxsplit=1)[0]


def without_controls(words: str) -> str:
    """Return `words` without control characters; newlines and tabs stay."""
    return words.translate(_CONTROLS)


def inert(cell: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula; negative numbers stay."""
    if cell.startswith(_FORMULA) and not _NEGATIVE.fullmatch(cell):
        return f"'{cell}"
    return cell
