"""Readers see no messages of the server about its own faults."""

import re
from collections.abc import Iterator
from functools import lru_cache

from aiqyn.chain import Place
from aiqyn.subjects.page import Page, shorten

ENDS = 800  # bytes at the beginning and at the end of the file
_UNSEEN = re.compile(r"<script.*?(?:</script>|$)|<!--.*?(?:-->|$)", re.DOTALL)

# One of these stands in every such message; looking for them is cheap.
_MARKS = ("error", "exception", "on line", "sqlstate", "traceback", "mysql", "ora-", ".java:")
_BYTES = tuple(map(str.encode, _MARKS))
_ERROR = re.compile(
    r"(?:fatal error|parse error|warning|notice|deprecated)(?:</b>)?:\s.{5,300}?"
    r"\bin\s(?:<b>)?\S{3,200}?(?:</b>)?\son\sline\s(?:<b>)?\d"
    r"|uncaught (?:exception|error|pdoexception|mysqli_sql_exception)\b"
    r"|you have an error in your sql syntax|sqlstate\[\w{5}\]|ora-\d{5}:|mysqli?_\w+\(\)"
    r"|traceback \(most recent call last\)|error establishing a database connection"
    r"|server error in '/' application|unhandled exception|nullpointerexception"
    r"|(?:java\.lang|system)\.\w{3,40}exception|at [\w.$]{10,80}\([\w]+\.java:\d",
    re.DOTALL,
)


def check(page: Page) -> Iterator[Place]:
    found = _in_text(page.beginning.lower()) or _in_ends(page.content)
    if found is not None:
        yield Place(where="body", saw=shorten(re.sub(r"<[^>]*>", "", found[0])), note="error_shown")


def _in_text(text: str) -> re.Match[str] | None:
    return _ERROR.search(text) if any(map(text.__contains__, _MARKS)) else None


def _in_ends(content: bytes) -> re.Match[str] | None:
    start, end = content[:ENDS], content[-ENDS:]
    if not _has_a_mark(start) and not _ends_with_a_mark(end):
        return None
    ends = (start + b" \n " + end).lower()
    return _ERROR.search(_UNSEEN.sub(" ", ends.decode("utf-8", "replace")))


def _has_a_mark(piece: bytes) -> bool:
    return any(map(piece.lower().__contains__, _BYTES))


@lru_cache(100)  # the same on page after page
def _ends_with_a_mark(end: bytes) -> bool:
    return _has_a_mark(end)
