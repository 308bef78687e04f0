"""Contacts are the body's own, not what a template came with."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.traits.contacts import is_called, is_of_contacts

OF_PEOPLE = frozenset({"leaders", "structure", "units", "subordinate", "territorial", "reception"})
AROUND = 40  # characters beside a mark in which the whole of it stands

_OF_NOBODY = re.compile(
    r"[\w.+-]{0,40}@(?:example|domain|yourdomain|mysite|yoursite|website|yourcompany|test)"
    r"\.(?:com|org|net|kz|ru)(?![\w-])"
    r"|(?<![\w.+-])(?:test|mail|email|e-mail|name|user|username|your(?:-?e?-?mail|-?name)?)"
    r"@(?:test|mail|email|site|gmail)\.(?:com|ru|kz)(?![\w-])"
)
_BLANK = "_" * 7  # a form to print and fill in


def _shape(*lengths: int) -> str:
    """A number of nobody: of so many zeroes, letters or underscores in each of its pieces."""
    kinds = (r"[\s-]?".join(sign * length for length in lengths) for sign in "0xх_")
    return "|".join(kinds)


_SEVEN, _SIX, _FIVE = _shape(3, 2, 2), _shape(2, 2, 2), _shape(1, 2, 2)
_ZEROES = rf"(?:{_SEVEN}|123[\s-]?45[\s-]?67)"
# Numbers of towns begin with neither 0 nor 1. In 727 and codes of mobiles the fourth digit is
# a part of the number: 8 (7272) 00-00-00 is (727) 200-00-00.
_TOWN = r"(?:7(?:1\d|2[0-6]|2[89])"
_OF_TOWN = (
    rf"(?:{_TOWN}\d)|x{{4}}|х{{4}}|_{{4}})[\s)-]{{1,3}}(?:{_SIX}|12[\s-]?34[\s-]?56)"
    rf"|(?:{_TOWN}\d\d)|x{{5}}|х{{5}}|_{{5}})[\s)-]{{1,3}}(?:{_FIVE})"
)
_NUMBER = re.compile(
    r"[78](?<![\d-][78])[\s(-]{0,3}"
    rf"(?:(?:\d{{3,4}}|x{{3,4}}|х{{3,4}}|_{{3,4}})[\s)-]{{1,3}}{_ZEROES}|{_OF_TOWN})(?!\d)"
    r"|(?:тел|tel|phone)[a-zа-я]{0,4}[.:\s]{1,4}"
    rf"(?:{_ZEROES}|123456|12-34-56|00-00-00)(?!\d)"
    r"|(?<![\w-])(?:xx-xx-xx|хх-хх-хх)(?![\w-])"
)
# One of these stands in every such number; looking for them is cheap.
_MARKS = (
    "000-00", "000 00", "00000", "00-00", " 00 00", "xxx", "ххх", "xx-xx", "хх-хх", "___", "__-__",
    "123-45", "123 45", "12345", "12-34", "12 34",
)  # fmt: skip
_FORMATS = re.compile(  # beginnings of words, and of no part of an address
    r"(?<![\w.@-])(?:формат|format|үлгі|мысал|түрінде|пример|образе?ц|шаблон|маск"
    r"|example|pattern|e\.g\.)"
)


def check(page: Page) -> Iterator[Place]:
    is_asked = is_of_contacts(page) or is_called(page, OF_PEOPLE)
    text = _told(page).lower() if is_asked else ""
    if "@" not in text and not any(sign in text for sign in ("+7", "8 (", "тел", "tel", "phone")):
        raise Inapplicable
    for written in dict.fromkeys(_placeholders(text)):
        yield Place(where="body", saw=shorten(written, 60), note="placeholder")


def _told(page: Page) -> str:
    """All that is shown, and where its e-mails go: another one may be behind what is shown."""
    behind = [unquote(href) for href in page.hrefs if href[:7].lower() == "mailto:"]
    return "\n".join([page.text, *behind]) if behind else page.text


def _placeholders(text: str) -> Iterator[str]:
    for place in _places(text, "@"):
        if match := _OF_NOBODY.search(text, max(0, place - AROUND), place + AROUND):
            yield match[0]
    for mark in _MARKS:
        for place in _places(text, mark):
            for match in _NUMBER.finditer(text, max(0, place - AROUND), place + AROUND):
                if not _is_asked_for(text, match):
                    yield match[0].strip()


def _is_asked_for(text: str, number: re.Match[str]) -> bool:
    """Whether readers are told how to write a number of theirs, not given one of the body's."""
    beside = text[max(0, number.start() - AROUND) : number.end() + AROUND]
    return _FORMATS.search(beside) is not None or ("_" in number[0] and _BLANK in text)


def _places(text: str, mark: str) -> Iterator[int]:
    place = text.find(mark)
    while place >= 0:
        yield place
        place = text.find(mark, place + len(mark))
