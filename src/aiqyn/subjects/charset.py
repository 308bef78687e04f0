"""Which letters the bytes of a page stand for: what is declared, and what is true."""

import codecs
import re
from functools import lru_cache

from aiqyn.chain import Noun

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_HEAD = 2_048  # bytes: browsers look at 1 024, real pages put comments first
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SWAPPED = re.compile(r"\b[а-яё][А-ЯЁ]{2,}")  # a word of KOI8-R read as windows-1251
_USUAL = re.compile(r"\b[А-ЯЁ][а-яё]{2,}")
# Letters that windows-1251 shows where KZ-1048 holds a Kazakh one: nobody writes them here.
_NOT_HERE = "ЎўЈҐґЄєЇїЌќЃѓЅѕјЋћЂђ"


class Charset(Noun, frozen=True, kw_only=True):
    """`name` reads the bytes rightly; `declared` is what a browser is told, "" for nothing."""

    name: str
    declared: str = ""
    declared_by: str = ""  # "header", "meta", "bom" or ""
    broken: bool = False  # some bytes could not be read in any way


def sniff(content: bytes, header: str = "") -> tuple[str, Charset]:
    """Return the text of `content` and how it was read; `header` is what Content-Type says."""
    declared, by = _declared(content, header)
    text = _as_utf8(content)
    if text is not None and not (declared.startswith("utf-16") and by == "bom"):
        return text, Charset(name="utf-8", declared=declared, declared_by=by)
    name = declared if declared not in ("", "utf-8") else "windows-1251"
    if name == "windows-1251":
        name = _cyrillic(content)
    if declared == "utf-8" and _mostly_utf8(content):
        name = "utf-8"
    text, broken = _read(content, name)
    return text, Charset(name=name, declared=declared, declared_by=by, broken=broken)


def sniff_utf8(content: bytes, header: str, part: bytes) -> Charset | None:
    """Return what `sniff` says of `content` where that is UTF-8, told by a `part` of it; or None.

    What the part lacks is UTF-8, too, and cut out between whole letters.
    """
    declared, by = _declared(content, header)
    if (declared.startswith("utf-16") and by == "bom") or not is_utf8(part):
        return None
    return Charset(name="utf-8", declared=declared, declared_by=by)


def is_utf8(content: bytes) -> bool:
    return _as_utf8(content) is not None


def is_damaged(content: bytes) -> bool:
    """Whether a mark of a lost letter, U+FFFD, stands in UTF-8."""
    begin = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
    # Its first byte is rare, its last one is that of many letters.
    return content.find(b"\xef", begin) >= 0 and b"\xef\xbf\xbd" in content


def _declared(content: bytes, header: str) -> tuple[str, str]:
    for mark, name in _BOMS:
        if content.startswith(mark):
            return name, "bom"
    if header:
        return _known(header), "header"
    meta = _META.search(content, 0, _HEAD)
    return (_known(meta[1].decode("ascii", "replace")), "meta") if meta else ("", "")


@lru_cache(256)
def _known(label: str) -> str:
    """Return one name per encoding, as browsers understand it; an unknown label is none."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    return {"cp1251": "windows-1251", "iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)


def _as_utf8(content: bytes) -> str | None:
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        return None


def _mostly_utf8(content: bytes) -> bool:
    """Some bytes of a real UTF-8 page are damaged, e.g. a title cut in the middle of a letter."""
    damaged = content.decode("utf-8", "replace").count("\ufffd")
    return damaged * 20 < sum(byte > 127 for byte in content[:100_000])


def _cyrillic(content: bytes) -> str:
    """Tell encodings apart whose letters share places: what is small in KOI8-R is large here."""
    text = content[:200_000].decode("windows-1251", "replace")
    swapped = len(_SWAPPED.findall(text))
    if swapped >= 3 and swapped > 3 * len(_USUAL.findall(text)):
        return "koi8-r"
    return "kz1048" if sum(map(text.count, _NOT_HERE)) >= 3 else "windows-1251"


def _read(content: bytes, name: str) -> tuple[str, bool]:
    try:
        return content.decode(name), False
    except UnicodeError:
        return content.decode(name, "replace"), True
