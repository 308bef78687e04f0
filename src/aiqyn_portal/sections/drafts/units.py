"""What a paragraph is called in the reader's language: "point 5", "5-тармақ", "пункт 5"."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from aiqyn.acts.model import Kind

FIRST_WORDS = 8
NAMES: dict[str, Callable[[], str]] = {
    Kind.PART: lambda: _("part %(number)s"),
    Kind.SECTION: lambda: _("section %(number)s"),
    Kind.SUBSECTION: lambda: _("subsection %(number)s"),
    Kind.CHAPTER: lambda: _("chapter %(number)s"),
    Kind.SUBCHAPTER: lambda: _("paragraph %(number)s of a chapter"),
    Kind.ARTICLE: lambda: _("article %(number)s"),
    Kind.POINT: lambda: _("point %(number)s"),
    Kind.SUBPOINT: lambda: _("subpoint %(number)s"),
    Kind.APPENDIX: lambda: _("appendix %(number)s"),
}


def unit_said(kind: str, number: str, text: str) -> str:
    """Kind and number; without a number the first words of the text."""
    if number and kind in NAMES:
        return NAMES[kind]() % {"number": number}
    return beginning(text)


def beginning(text: str) -> str:
    """The first words of a text, to be recognised by."""
    words = text.split()
    return " ".join(words[:FIRST_WORDS]) + ("…" if len(words) > FIRST_WORDS else "")
