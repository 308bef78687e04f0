"""The beginning of a JSON document that is too large to be held: as many records as fit.

The first list in it is read record by record, out of a window that moves over the file,
however lines are broken; what follows is left unread.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from aiqyn.subjects.datafile.csv_encoding import detect
from aiqyn.subjects.datafile.limits import Limits

HEAD = 1 << 20  # bytes that tell the encoding
STEP = 1 << 20  # bytes read at once
OPENED = 3  # objects inside each other in which the list is looked for
LONGEST = 20  # characters of a word, number or escape that the window may cut
_SPACES = re.compile(r"[ \t\r\n]*+")

Decode = Callable[[str, int], tuple[Any, int]]  # as json.JSONDecoder.raw_decode


class BrokenError(Exception):
    """The document is no JSON; says where it is not."""


class _OverError(Exception):
    """As much as fits was read."""


class Begun:
    """A document, read from its beginning. Raises BrokenError, RecursionError."""

    def __init__(self, path: Path, decode: Decode, limits: Limits) -> None:
        self.value: Any = None  # as far as it was read
        self.repeated: list[str] = []  # names of members, once for each object around the list
        self.damaged = 0  # characters that its encoding does not have
        self._decode = decode
        self._limits = limits
        self._bytes = self._cells = self._before = self._at = 0
        self._text, self._end = "", b""
        with path.open("rb") as self._file:
            self.encoding = detect([self._file.read(HEAD)])
            self._file.seek(self.encoding.mark)
            self._reader = codecs.getincrementaldecoder(self.encoding.name)("replace")
            try:
                self._open(self._put)
                if self._next():
                    raise json.JSONDecodeError("Extra data", self._text, self._at)
            except _OverError:
                pass
            except json.JSONDecodeError as problem:
                where = f"character {self._before + problem.pos + 1}: {problem.msg}"
                raise BrokenError(where) from problem

    def _put(self, value: Any) -> None:
        self.value = value

    def _open(self, put: Callable[[Any], None], level: int = 1) -> None:
        """Read a value; `put` gets it before what is in it is read."""
        mark = self._next()
        if mark == "[":
            items: list[Any] = []
            put(items)
            self._read_items(items)
        elif mark == "{" and level <= OPENED:
            members: dict[str, Any] = {}
            put(members)
            self._read_members(members, level)
        else:
            put(self._whole())

    def _read_members(self, members: dict[str, Any], level: int) -> None:
        again: set[str] = set()
        for _ in self._each("}"):
            name = self._name()
            if name in members and name not in again:
                again.add(name)
                self.repeated.append(name)
            self._pass(":")
            self._open(lambda value, name=name: members.__setitem__(name, value), level + 1)  # type: ignore[misc]
            self._count(1)

    def _read_items(self, items: list[Any]) -> None:
        for _ in self._each("]"):
            item = self._whole()
            items.append(item)
            self._count(len(item) if isinstance(item, dict | list) else 1)
            if len(items) >= self._limits.rows:
                raise _OverError

    def _each(self, closing: str) -> Iterator[None]:
        """Yield where each of what stands between commas begins; the last has none behind it."""
        self._at += 1
        is_over = self._next() == closing
        while not is_over:
            yield
            is_over = self._next() == closing
            if not is_over:
                self._pass(",")
                self._next()
        self._at += 1

    def _name(self) -> str:
        if self._next() != '"':
            said = "Expecting property name enclosed in double quotes"
            raise json.JSONDecodeError(said, self._text, self._at)
        return str(self._whole())

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells >= self._limits.cells:
            raise _OverError

    def _pass(self, mark: str) -> None:
        if self._next() != mark:
            raise json.JSONDecodeError(f"Expecting '{mark}' delimiter", self._text, self._at)
        self._at += 1

    def _next(self) -> str:
        """Go to the next sign that is no space and return it; "" at the end."""
        while True:
            found = _SPACES.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def _whole(self) -> Any:
        """Read a value whole; one that is longer than a record may be ends the reading."""
        while True:
            try:
                value, end = self._decode(self._text, self._at)
            except json.JSONDecodeError as problem:
                if not self._is_at_end(problem) or not self._more():
                    raise
                if len(self._text) > self._limits.line:
                    raise _OverError from problem
                continue
            may_go_on = end >= len(self._text) - 2 and self._text[end - 1].isdigit()  # 1e+
            if not may_go_on or not self._more():
                self._at = end
                return value

    def _is_at_end(self, problem: json.JSONDecodeError) -> bool:
        """Whether the window ends too early for the value in it."""
        is_cut = problem.pos >= len(self._text) - LONGEST
        return is_cut or problem.msg.startswith("Unterminated")

    def _more(self) -> bool:
        """Move the window on; whether there was more. Raises _OverError past the limit."""
        left = self._limits.parsed - self._bytes
        if left <= 0:
            raise _OverError
        content = self._file.read(min(STEP, left))
        if not content:
            return False
        self._bytes += len(content)
        text = self._reader.decode(content)
        self.damaged += text.count("\ufffd") - (self._end + content).count(b"\xef\xbf\xbd")
        self._text, self._end = self._text[self._at :] + text, content[-2:]
        self._before += self._at
        self._at = 0
        return True
