"""Addresses of files that style sheets and lists of pictures name.

A sheet is read by its tokens, as browsers read it, in one pass: every token takes all the
characters it looked at, so the work grows with the length and no faster. Addresses written
with escapes (a backslash before a bracket, a space, a number) are not seen.
"""

import re
from collections.abc import Iterator

LONGEST = 1_000  # characters of an address; what is longer is no file

_STRING = r"\"(?:[^\"\\\n\r\f]++|\\(?:\r\n|.))*+\"?|'(?:[^'\\\n\r\f]++|\\(?:\r\n|.))*+'?"
_WORTH_READING = re.compile(r"url\(|image-set\(|@import", re.IGNORECASE)
_TOKEN = re.compile(
    r"/\*[^*]*+(?:\*(?!/)[^*]*+)*+(?:\*/)?+"
    r"|\\."
    rf"|(?P<string>{_STRING})"
    r"|(?<![-\w])[uU][rR][lL]\(\s*+(?:"
    rf"(?P<quoted>{_STRING})"
    r"|(?P<bare>[^\s\"'()\\]*+)\s*+\)"
    r"|(?:[^)\\]++|\\.)*+)"  # what browsers take for a broken address, up to its end
    r"|@(?P<at>[-\w]++)"
    r"|(?<![-\w])(?P<set>(?:-(?i:webkit)-)?(?i:image-set)\()"
    r"|(?P<mark>[(){};])",
    re.DOTALL,
)
_CANDIDATE = re.compile(r"[\s,]*+([^\s,]\S*+)")
_DESCRIPTOR = re.compile(r"(?:[^,(]++|\([^)]*+\)?+)*+")


def named_in(css: str) -> Iterator[str]:
    """Yield what a style sheet names by url(), image-set() or @import, as written.

    Fonts are left out: browsers take the first file of a font they can read, and which of
    the others are gone nobody sees. So is what no browser asks for: words of a @namespace
    or @document, an @import below the first rule, text.
    """
    if not _WORTH_READING.search(css):
        return
    sheet = _Sheet()
    for token in _TOKEN.finditer(css):
        ref = sheet.take(token).strip()
        if ref and ref[0] != "#" and len(ref) <= LONGEST:
            yield ref


class _Sheet:
    """Where in a sheet the reader is."""

    def __init__(self) -> None:
        self.at = ""  # name of the rule whose words are being read, lower case
        self.is_import = False  # and it is an @import that has not named its file
        self.has_blocks = False
        self.is_font = False  # inside a block of a font
        self.depth = 0  # brackets open since image-set(

    def take(self, token: re.Match[str]) -> str:
        """Return the address that `token` names; "" for none."""
        kind = token.lastgroup
        if kind == "mark":
            self._mark(token["mark"])
        elif kind == "at":
            self.at = token["at"].lower()
            self.is_import = self.at == "import" and not self.has_blocks
        elif kind == "set":
            self.depth = 1
        elif kind is not None and self._is_named(kind):
            self.is_import = False
            return _unquoted(token[kind])
        return ""

    def _is_named(self, kind: str) -> bool:
        if self.at:
            return self.is_import
        return not self.is_font and (kind != "string" or self.depth == 1)

    def _mark(self, mark: str) -> None:
        if mark == "(":
            self.depth += self.depth > 0
        elif mark == ")":
            self.depth -= self.depth > 0
        else:
            if mark != ";":
                self.is_font = mark == "{" and self.at == "font-face"
            self.has_blocks |= mark == "{"
            self.at = ""
            self.depth = 0


def _unquoted(written: str) -> str:
    """Return a bare address or the text of a string; "" for one without end or with escapes."""
    if "\\" in written:
        return ""
    if written[:1] in {'"', "'"}:
        return written[1:-1] if len(written) > 1 and written[-1] == written[0] else ""
    return written


def candidates_of(srcset: str) -> Iterator[str]:
    """Yield the addresses of a srcset attribute, as written: each before its width or density."""
    place = 0
    while found := _CANDIDATE.match(srcset, place):
        place = found.end()
        address = found[1]
        if not address.endswith(","):
            place += len(_DESCRIPTOR.match(srcset, place)[0])  # type: ignore[index]  # may be ""
        yield address.rstrip(",")
