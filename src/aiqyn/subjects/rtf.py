"""The text of an RTF document, read once from its first byte to its last (RTF 1.9.1)."""

import re
from typing import NamedTuple

from aiqyn.subjects.old_text import MOST_READ, OldText, old_text

MOST_BYTES = 16_000_000  # looked through; pictures are written in figures and may be large
MOST_PIECES = 150_000  # signs of order and runs of text; 100 pages by Word have some 50,000
MOST_DEEP = 1_000  # groups within groups; Word writes a few dozen

_TOKEN = re.compile(
    rb"[^\\{}]+|[{}]|((?:\\'[0-9A-Fa-f]{2})+)"
    rb"|\\(?:([A-Za-z]{1,32})(-?[0-9]{1,10})?[ ]?|([^A-Za-z]))",
    re.DOTALL,
)
_UNSHOWN = frozenset({
    "colortbl", "colorschememapping", "datastore", "fldinst", "filetbl", "footer", "footerf",
    "footerl", "footerr", "generator", "header", "headerf", "headerl", "headerr", "info",
    "latentstyles", "listoverridetable", "listtable", "pict", "revtbl", "rsidtbl", "shprslt",
    "stylesheet", "themedata", "xmlnstbl",
})  # fmt: skip
_BOXES = frozenset({"shptxt", "dptxbxtext", "result"})  # shown within what is not: boxes, objects
_SIGNS = {
    "par": "\n", "line": "\n", "row": "\n", "sect": "\n", "page": "\n", "tab": " ", "cell": " ",
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
_OF_CHARSET = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_CODE_PAGES = {
    437: "cp437", 850: "cp850", 866: "cp866", 874: "cp874", 932: "cp932", 936: "gbk", 949: "cp949",
    950: "cp950", **{number: f"cp{number}" for number in range(1250, 1259)},
    10_000: "mac_roman", 10_007: "mac_cyrillic", 65_001: "utf-8",
}  # fmt: skip


class _Deep(Exception):
    """Groups lie within groups without end."""


class _Group(NamedTuple):
    """What holds inside one pair of braces."""

    is_shown: bool = True
    may_show: bool = False  # what _BOXES name: the group is a drawing or an object of the text
    is_fonts: bool = False
    charset: str = ""  # of the font; "" is that of the document
    skipped: int = 1  # letters after \u that stand for it in programs without Unicode


def read(content: bytes) -> OldText:
    """Return what `content` holds; never raises for what is wrong with it."""
    reader = _Reader()
    try:
        reader.read(content[:MOST_BYTES])
    except _Deep:
        return OldText()
    return old_text(reader.words(), has_pictures=reader.has_pictures, is_whole=reader.is_whole)


class _Reader:
    def __init__(self) -> None:
        self.group = _Group()
        self.outer: list[_Group] = []
        self.charset = "cp1252"
        self.default = 0  # the font of letters that name none
        self.fonts: dict[int, str] = {}
        self.font = 0  # of the table of fonts, while it is read
        self.has_pictures = False
        self.has_objects = False  # which may hold words that only another program shows
        self.parts: list[str] = []
        self.length = 0
        self.pieces = MOST_PIECES  # that may still be looked at
        self.waiting = bytearray()  # letters of one charset, not yet read
        self.stand_ins = 0  # letters still to be left out after \u

    def read(self, content: bytes) -> None:
        at = 0
        while self.length < MOST_READ and self.pieces > 0 and (token := _TOKEN.match(content, at)):
            at = token.end()
            self.pieces -= 1
            if token[2]:
                at += self._word(token[2].decode(), token[3])
            elif token[1]:
                self._letters(bytes.fromhex(token[1].replace(b"\\'", b"").decode()))
            elif token[4]:
                self._symbol(token[4])
            elif token[0] in (b"{", b"}"):
                self._brace(token[0])
            else:
                self._letters(token[0].translate(None, b"\r\n"))
        self._flush()

    @property
    def is_whole(self) -> bool:
        return self.pieces > 0 and not self.has_objects

    def words(self) -> str:
        """Return what was read; letters beyond the first plane were written in two halves."""
        joined = "".join(self.parts).encode("utf-16-le", "surrogatepass")
        return joined.decode("utf-16-le", "replace").replace("\0", "").strip()

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.stand_ins = 0
        if brace == b"{":
            if len(self.outer) >= MOST_DEEP:
                raise _Deep
            self.outer.append(self.group)
        elif self.outer:
            self.group = self.outer.pop()

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":  # what old programs do not know: settings, never the text
            self._hide_frame()
        elif sign := _SYMBOLS.get(symbol):
            self._show(sign)

    def _word(self, word: str, given: bytes | None) -> int:
        """Obey one control word; return how many bytes after it are no text."""
        number = int(given) if given else 0
        if word == "bin":
            return max(number, 0)
        if word == "u":
            self._show(chr(number % 0x10000))
            self.stand_ins = self.group.skipped
        elif word in _SIGNS:
            self._show(_SIGNS[word])
        elif word in _UNSHOWN:
            self.has_pictures |= word == "pict"
            self.group = self.group._replace(is_shown=False, may_show=False)
        elif word == "object":
            self.has_objects = True
            self._hide_frame()
        elif word in _BOXES and self.group.may_show:
            self.group = self.group._replace(is_shown=True, may_show=False)
            self._show("\n")
        else:
            self._setting(word, number)
        return 0

    def _hide_frame(self) -> None:
        """Show nothing of the group but the words of a box in it, if its surroundings are shown."""
        self.group = self.group._replace(is_shown=False, may_show=self.group.is_shown)

    def _setting(self, word: str, number: int) -> None:
        self._flush()
        if word == "fonttbl":
            self.group = self.group._replace(is_shown=False, is_fonts=True)
        elif word == "uc":
            self.group = self.group._replace(skipped=min(max(number, 0), 10))
        elif word in ("ansicpg", "mac", "deff"):
            self._of_the_document(word, number)
        elif word == "plain":
            self.group = self.group._replace(charset="")
        elif word == "f":
            self._use_font(number)
        elif self.group.is_fonts and word in ("fcharset", "cpg"):
            known = _OF_CHARSET if word == "fcharset" else _CODE_PAGES
            self.fonts[self.font] = known.get(number, "")

    def _of_the_document(self, word: str, number: int) -> None:
        if word == "deff":
            self.default = number
        elif word == "mac":
            self.charset = "mac_cyrillic"  # as here; but for accents it is that of the West
        else:
            self.charset = _CODE_PAGES.get(number, self.charset)

    def _use_font(self, number: int) -> None:
        if self.group.is_fonts:
            self.font = number
        else:
            self.group = self.group._replace(charset=self.fonts.get(number, ""))

    def _letters(self, content: bytes) -> None:
        left_out = min(self.stand_ins, len(content))
        self.stand_ins -= left_out
        if self.group.is_shown:
            self.waiting += content[left_out:]

    def _show(self, text: str) -> None:
        self._flush()
        self.stand_ins = 0
        if self.group.is_shown:
            self.parts.append(text)
            self.length += len(text)

    def _flush(self) -> None:
        if self.waiting:
            charset = self.group.charset or self._default_charset()
            text = self.waiting.decode(charset, "replace")
            self.waiting.clear()
            self.parts.append(text)
            self.length += len(text)

    def _default_charset(self) -> str:
        """Return that of the default font; one of the West tells no more than the document."""
        named = self.fonts.get(self.default, "")
        return self.charset if named in ("", "cp1252") else named
