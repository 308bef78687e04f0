"""One phrase in the languages of Aiqyn."""

from typing import NewType

LANGUAGES = ("kk", "ru", "en")
FALLBACK = ("kk", "ru", "en")

Text = NewType("Text", dict[str, str])


def say(text: Text, language: str) -> str:
    """Return the phrase in `language`, or in the first fallback that has it."""
    for code in (language, *FALLBACK):
        if text.get(code):
            return text[code]
    return ""


def missing(text: Text) -> list[str]:
    """Return the languages in which the phrase has not been written yet."""
    return [code for code in LANGUAGES if not text.get(code)]
