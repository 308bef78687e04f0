"""Texts of acts read from files: plain text, HTML, DOCX, ODT, Akoma Ntoso.

The bytes decide what a file is, not its name.
"""

import re
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from aiqyn.acts.model import Act, Trouble
from aiqyn.acts.reading import akoma, open_text, page, plain, word
from aiqyn.acts.reading.lines import Line, Sheet
from aiqyn.acts.reading.packages import Package
from aiqyn.acts.structure import act_of
from aiqyn.acts.troubles import Unreadable
from aiqyn.subjects.language import tell

__all__ = ["LANGUAGES", "MOST_BYTES", "read"]

LANGUAGES = ("kk", "ru")  # an act is in one of them
MOST_BYTES = 40_000_000  # of a file; a code of law is under 3 MB
MOST_LINES = 60_000  # paragraphs of one text; a code of law has about 15 000
SAMPLE = 20_000  # characters by which the language is told

_OLD = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
_PAPER = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\0", b"MM\0*")
_AKOMA = re.compile(rb"<(?:\w+:)?akomaNtoso[\s>]")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|p|div|article|table)\b", re.IGNORECASE)
_HEAD = 4_000  # bytes among which a file says what it is
_OPEN_TYPE = "opendocument.text"


def read(data: bytes, name: str, language: str = "") -> Act:
    """Return the act a file holds.

    `language` is "kk", "ru", or "" to let the words tell. What is doubtful is among the act's
    troubles. Raises Unreadable, which says in three languages why nothing could be read.
    """
    if len(data) > MOST_BYTES:
        raise _refusal(name, "too_large", f"{len(data) // 1_000_000} MB")
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _AKOMA.search(data[:_HEAD]):
        return akoma.read(data, name)
    sheet = _reader(head, name)(data)
    if not sheet.lines:
        raise _refusal(name, "empty")
    return _act(sheet, language)


def _reader(head: bytes, name: str) -> Callable[[bytes], Sheet]:
    """Return what reads a file that begins so."""
    if not head:
        raise _refusal(name, "empty")
    if head.startswith(b"PK"):
        return lambda data: _packed(Package(data, name))
    if head.startswith(_OLD):
        raise _refusal(name, "old_format")
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16
    if head.startswith(_PAPER) or (b"\0" in head and not is_wide):
        raise _refusal(name, "unknown_format")
    return page.read if _PAGE.search(head) else plain.read


def _packed(package: Package) -> Sheet:
    if _OPEN_TYPE in package.text("mimetype") or "content.xml" in package.names:
        return open_text.read(package)
    if any(part.startswith("word/") for part in package.names):
        return word.read(package)
    raise _refusal(package.name, "unknown_format")


def _act(sheet: Sheet, language: str) -> Act:
    troubles = list(sheet.troubles)
    if len(sheet.lines) > MOST_LINES:
        troubles.append(Trouble(code="cut", where=sheet.lines[MOST_LINES].where))
        sheet = replace(sheet, lines=sheet.lines[:MOST_LINES])
    told = tell(_sample(sheet.lines)).language
    if told == "mixed":
        troubles.append(Trouble(code="language_mixed", where=""))
    elif language and told in LANGUAGES and told != language:
        troubles.append(Trouble(code="language_other", where="", saw=told))
    elif not language and told not in LANGUAGES:
        troubles.append(Trouble(code="language_unclear", where=""))
    sheet = replace(sheet, troubles=tuple(troubles))
    return act_of(sheet, language or (told if told in LANGUAGES else _by_letters(sheet.lines)))


def _sample(lines: Sequence[Line]) -> str:
    """Return the beginning and the middle of a text."""
    middle = len(lines) // 2
    said = [line.text for line in (*lines[:150], *lines[max(150, middle) : middle + 150])]
    return "\n".join(said)[:SAMPLE]


def _by_letters(lines: Sequence[Line]) -> str:
    """Return the language whose own letters a doubtful text has."""
    return "kk" if re.search("[әғқңөұүһі]", _sample(lines).lower()) else "ru"


def _refusal(name: str, code: str, saw: str = "") -> Unreadable:
    return Unreadable(name, Trouble(code=code, where="", saw=saw))
