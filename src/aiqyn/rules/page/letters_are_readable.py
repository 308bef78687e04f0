"""The letters of the page come out right: the charset is said, is true, and nothing is damaged."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.subjects.charset import is_damaged
from aiqyn.subjects.page import Page, shorten

SAMPLE = 4_000  # characters of main text
_SAME = {frozenset({"windows-1251", "kz1048"})}

# UTF-8 read as windows-1251 and saved again ("РљР°Р·Р°"), or read as Latin-1 ("ÐšÐ°Ð·Ð°").
_TWICE = re.compile(
    r"(?:[РСТУ][\u0080-\u00bf\u0402-\u040f\u0451-\u045f°±µ¶·№»«‚„…†‡€‰‹‘’“”•–™›]){4,}"
)
_LATIN = re.compile(r"(?:[ÐÑÒÓ][\u0080-\u00bf\u0152-\u0178\u2010-\u203a€™]){4,}")
_QUESTIONS = re.compile(r"\?{4,}(?:\s+\?{2,}){2,}")


def check(page: Page) -> Iterator[Place]:
    yield from _charset(page)
    if _is_damaged(page):  # perhaps in a script, where nobody reads it
        shown = f"{page.title} {page.text}"
        place = shown.find("\ufffd")
        if place >= 0:
            around = shorten(shown[max(0, place - 30) :], 60)
            yield Place(where="body", saw=around, note="damaged")
            return
    text = page.loose_text[:SAMPLE]
    for pattern in _suspicions(text):
        if match := pattern.search(text):
            yield Place(where="body", saw=shorten(match[0], 60), note="damaged")
            return


def _is_damaged(page: Page) -> bool:
    charset = page.charset
    is_utf8 = charset.name == "utf-8" and not charset.broken
    return is_damaged(page.content) if is_utf8 else "\ufffd" in page.html


def _charset(page: Page) -> Iterator[Place]:
    charset = page.charset
    if page.content.isascii() or charset.declared == charset.name:
        return
    if frozenset({charset.declared, charset.name}) in _SAME:
        yield Place(where="head", saw=f"{charset.declared} ≠ kz1048", note="other_charset")
    elif charset.declared_by == "":
        yield Place(where="head", saw=charset.name, note="no_charset")
    else:
        yield Place(
            where="head", saw=f"{charset.declared or '?'} ≠ {charset.name}", note="other_charset"
        )


def _suspicions(text: str) -> Iterator[re.Pattern[str]]:
    """A cheap look first: what а, е and т become never stands in honest text."""
    if any(odd in text for odd in "°µ‚") and any(twice in text for twice in ("Р°", "Рµ", "С‚")):
        yield _TWICE
    if ("Ð" in text or "Ñ" in text) and text.count("Ð") + text.count("Ñ") > 3:
        yield _LATIN
    if "??" in text and text.count("??") > 3:
        yield _QUESTIONS
