"""Addresses of files that style sheets and lists of pictures name.

A sheet is read by its tokens, as browsers read it, in one pass: every token takes all the
characters it looked at, so the work grows with the length and no faster. A backslash stands
for the character it escapes, in addresses and in the names of functions and rules.
"""

import re
from collections.abc import Iterator

LONGEST = 1_000  # characters of an address; what is longer is no file
_MOST_WRITTEN = 8 * LONGEST  # with every character of it escaped

_END_OF_NUMBER = r"(?>\r\n|[ \t\n\r\f]|)"
_ESCAPE = rf"\\(?:[0-9a-fA-F]{{1,6}}+{_END_OF_NUMBER}|[^\n\r\f0-9a-fA-F])"
_NAME = rf"(?:[-\w]|{_ESCAPE})"


def _spelt(word: str) -> str:
    """Return the pattern of a word in letters of any case, each of them escaped or not."""
    return "".join(map(_letter, word))


def _letter(letter: str) -> str:
    both = {letter, letter.upper()}
    numbers = "|".join(f"{ord(each):x}" for each in sorted(both))
    itself = "" if letter in "abcdef" else "".join(sorted(both)).replace("-", r"\-")
    plain = "".join(sorted(both)).replace("-", r"\-")
    number = rf"0{{0,4}}(?i:{numbers})(?![0-9a-fA-F]){_END_OF_NUMBER}"
    return rf"(?:[{plain}]|\\(?:{f'[{itself}]|' if itself else ''}{number}))"


_STRING = r"\"(?>(?:[^\"\\\n\r\f]++|\\(?:\r\n|.))*)\"?|'(?>(?:[^'\\\n\r\f]++|\\(?:\r\n|.))*)'?"
_WORTH_READING = re.compile(r"url\(|image-set\(|@import|\\", re.IGNORECASE)
_TOKEN = re.compile(
    r"/\*[^*]*+(?>(?:\*(?!/)[^*]*+)*)(?>(?:\*/)?)"
    rf"|(?P<string>{_STRING})"
    rf"|(?<![-\w])(?=[uU\\]){_spelt('url')}\(\s*+(?:"
    rf"(?P<quoted>{_STRING})"
    rf"|(?P<bare>(?>(?:[^\s\"'()\\]++|{_ESCAPE})*))\s*+\)"
    r"|(?>(?:[^)\\]++|\\.)*))"  # what browsers take for a broken address, up to its end
    rf"|@(?P<at>(?>{_NAME}+))"
    rf"|(?<![-\w])(?=[-iI\\])(?P<set>(?:{_spelt('-webkit-')})?{_spelt('image-set')}\()"
    rf"|{_ESCAPE}(?>{_NAME}*)"  # a name that begins with it, or its rest
    r"|\\."
    r"|(?P<mark>[(){};])",
    re.DOTALL,
)
_WRITTEN = re.compile(
    rf"\\(?:(?P<number>[0-9a-fA-F]{{1,6}}){_END_OF_NUMBER}|(?P<line>\r\n|[\n\r\f])|(?P<itself>.))",
    re.DOTALL,
)
_NO_LETTER = "\N{REPLACEMENT CHARACTER}"
_CANDIDATE = re.compile(r"[\s,]*+([^\s,]\S*+)")
_DESCRIPTOR = re.compile(r"(?>(?:[^,(]++|\([^)]*+(?>\)?))*)")


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
            self.at = _meant(token["at"]).lower()
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
    """Return a bare address or the text of a string; "" for one without end, or too long."""
    if len(written) > _MOST_WRITTEN:
        return ""
    if written[:1] in {'"', "'"}:
        is_whole = len(written) > 1 and written[-1] == written[0]
        return _meant(written[1:-1]) if is_whole else ""
    return _meant(written)


def _meant(written: str) -> str:
    """Return what is written with every escape read."""
    return _WRITTEN.sub(_unescaped, written) if "\\" in written else written


def _unescaped(escape: re.Match[str]) -> str:
    if escape.lastgroup != "number":
        return escape["itself"] or ""  # an escaped end of a line is nothing
    number = int(escape["number"], 16)
    is_letter = 0 < number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if is_letter else _NO_LETTER


def candidates_of(srcset: str) -> Iterator[str]:
    """Yield the addresses of a srcset attribute, as written: each before its width or density."""
    place = 0
    while found := _CANDIDATE.match(srcset, place):
        place = found.end()
        address = found[1]
        if not address.endswith(","):
            place += len(_DESCRIPTOR.match(srcset, place)[0])  # type: ignore[index]  # may be ""
        yield address.rstrip(",")
