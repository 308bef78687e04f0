"""Contacts are the body's own, not what a template came with."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.page import Page, shorten
from aiqyn.subjects.sections import sections_named

NEAR = 1  # clicks from the first page within which contacts are looked for
ADDRESS = 64  # letters before the @

# Each begins with a letter, so the engine skips what cannot begin a match.
_OF_NOBODY = re.compile(
    r"@(?:example|domain|yourdomain|mysite|yoursite|website|yourcompany|test)"
    r"\.(?:com|org|net|kz|ru)(?![\w-])"
)
_NAME = re.compile(r"[\w.+-]+$")
_FIRST_OF_FORM = re.compile(
    r"(?<![\w.+-])(?:test|mail|email|e-mail|name|user|username|your-?email)"
    r"@(?:test|mail|email|site|gmail)\.(?:com|ru|kz)(?![\w-])"
)
_ZEROES = r"(?:0{3}[\s-]?00[\s-]?00|x{3}[\s-]?xx[\s-]?xx|х{3}[\s-]?хх[\s-]?хх|123[\s-]?45[\s-]?67)"
_NUMBER = re.compile(
    rf"[78](?<![\d-][78])[\s(-]{{0,3}}(?:\d{{3,4}}|x{{3,4}}|х{{3,4}}|_{{3,4}})[\s)-]{{1,3}}{_ZEROES}"
    rf"(?!\d)|(?:тел|tel|phone)[a-zа-я]{{0,4}}[.:\s]{{1,4}}(?:{_ZEROES}|123456|12-34-56|00-00-00)(?!\d)"
)


def check(page: Page) -> Iterator[Place]:
    text = page.text.lower() if _is_of_contacts(page) else ""
    if "@" not in text and not _has_number(text):
        raise Inapplicable
    for written in dict.fromkeys(_placeholders(text)):
        yield Place(where="body", saw=shorten(written, 60), note="placeholder")


def _is_of_contacts(page: Page) -> bool:
    if page.evidence.depth <= NEAR:
        return True
    return any("contacts" in sections_named(name) for name in page.main_headings)


def _has_number(text: str) -> bool:
    return any(sign in text for sign in ("+7", "8 (", "тел", "tel", "phone"))


def _placeholders(text: str) -> Iterator[str]:
    for match in _OF_NOBODY.finditer(text):
        name = _NAME.search(text, max(0, match.start() - ADDRESS), match.start())
        yield f"{name[0] if name else ''}{match[0]}"
    for pattern in (_FIRST_OF_FORM, _NUMBER):
        for match in pattern.finditer(text):
            yield match[0].strip()
