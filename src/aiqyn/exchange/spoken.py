"""Words of a passport for programs that know one language only."""

from aiqyn.subjects.dataset import Dataset, Said
from aiqyn.text import FALLBACK


def said(words: Said, language: str = "") -> str:
    """Return the words in `language`, else in the first language that has them."""
    for code in (language, *FALLBACK, ""):
        if words.get(code):
            return words[code]
    return next((text for text in words.values() if text), "")


def name_of(dataset: Dataset) -> str:
    """Return the short name of a set: the last part of its address."""
    return dataset.id.rstrip("/").rsplit("/", 1)[-1]
