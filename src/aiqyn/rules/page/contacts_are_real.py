"""Contacts are the body's own, not what a template came with."""

import re
from collections.abc import Iterator

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
_ZEROES = r"(?:0{3}[\s-]?00[\s-]?00|x{3}[\s-]?xx[\s-]?xx|х{3}[\s-]?хх[\s-]?хх|123[\s-]?45[\s-]?67)"
_NUMBER = re.compile(
    rf"[78](?<![\d-][78])[\s(-]{{0,3}}(?:\d{{3,4}}|x{{3,4}}|х{{3,4}}|_{{3,4}})[\s)-]{{1,3}}{_ZEROES}"
    rf"(?!\d)|(?:тел|tel|phone)[a-zа-я]{{0,4}}[.:\s]{{1,4}}(?:{_ZEROES}|123456|12-34-56|00-00-00)(?!\d)"
)
# One of these stands in every such number; looking for them is cheap.
_MARKS = ("000-00", "000 00", "00000", "00-00", "xxx", "ххх", "123-45", "123 45", "12345", "12-34")


def check(page: Page) -> Iterator[Place]:
    is_asked = is_of_contacts(page) or is_called(page, OF_PEOPLE)
    text = page.text.lower() if is_asked else ""
    if "@" not in text and not any(sign in text for sign in ("+7", "8 (", "тел", "tel", "phone")):
        raise Inapplicable
    for written in dict.fromkeys(_placeholders(text)):
        yield Place(where="body", saw=shorten(written, 60), note="placeholder")


def _placeholders(text: str) -> Iterator[str]:
    for place in _places(text, "@"):
        if match := _OF_NOBODY.search(text, max(0, place - AROUND), place + AROUND):
            yield match[0]
    for mark in _MARKS:
        for place in _places(text, mark):
            if match := _NUMBER.search(text, max(0, place - AROUND), place + AROUND):
                yield match[0].strip()


def _places(text: str, mark: str) -> Iterator[int]:
    place = text.find(mark)
    while place >= 0:
        yield place
        place = text.find(mark, place + len(mark))
