"""One office document in a zip (DOCX, XLSX, ODT …): its words, without unpacking all of it."""

import io
import re
import zipfile
import zlib

from msgspec import Struct

ENOUGH = 40  # letters and digits on a page of text; a stamp on a scan has fewer
MOST_PARTS = 60  # sheets and slides; the rest is not read
MOST_READ = 2_000_000  # unpacked bytes of one part; more is cut, so a bomb costs nothing
MOST_WORDS = 20_000  # characters kept

_PARTS = re.compile(
    r"word/document\.xml|xl/sharedStrings\.xml|xl/worksheets/.*\.xml|ppt/slides/.*\.xml|content\.xml"
)
_PICTURE = re.compile(r"(?:word|xl|ppt)/media/|Pictures/.")
_SHAPES = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_OPEN = {
    b"text": "odt",
    b"spreadsheet": "ods",
    b"presentation": "odp",
}
_BREAK = re.compile(rb"</(?:w:p|text:p|a:p|si|row)>|<w:br[ />]")
_TAG = re.compile(rb"<[^<>]*>")
_TABLE = re.compile(rb"<(?:w:tbl|table:table)[ >].*?</(?:w:tbl|table:table)>", re.DOTALL)
_ROW = re.compile(rb"<(?:w:tr|table:table-row)[ >/]")
_DAMAGE = (  # what reading a damaged, locked or hostile zip raises
    zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError,
    zlib.error,
)  # fmt: skip
_ENTITIES = {b"&lt;": b"<", b"&gt;": b">", b"&quot;": b'"', b"&apos;": b"'", b"&amp;": b"&"}


class Package(Struct, frozen=True):
    """What one office document holds."""

    trouble: str = ""  # "broken"
    shape: str = ""  # "docx", "xlsx", "pptx", "odt", "ods", "odp"
    words: str = ""
    letters: int = 0
    has_pictures: bool = False
    rows: int = 0  # of its longest table, in texts; a spreadsheet is no table in a text


def read(content: bytes) -> Package:
    """Return what `content` holds; never raises for what is wrong with it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _read(package)
    except _DAMAGE:
        return Package("broken")


def _read(package: zipfile.ZipFile) -> Package:
    names = package.namelist()
    parts = sorted(name for name in names if _PARTS.fullmatch(name))
    if not parts:
        return Package("broken")
    heads = [_head(package, name) for name in parts[:MOST_PARTS]]
    words = "\n".join(map(_words, heads))
    shape = next((shape for start, shape in _SHAPES if parts[0].startswith(start)), "")
    return Package(
        shape=shape or _open_shape(package, names),
        words=words[:MOST_WORDS],
        letters=sum(map(str.isalnum, words)),
        has_pictures=any(_PICTURE.match(name) for name in names),
        rows=max((_rows(head) for head in heads), default=0),
    )


def _head(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as part:
        head = part.read(MOST_READ)
    if b"<!DOCTYPE" in head[:1_000]:
        raise zipfile.BadZipFile("a document type has no place in an office document")
    return head


def _words(xml: bytes) -> str:
    text = _TAG.sub(b" ", _BREAK.sub(b"\n", xml))
    for entity, letter in _ENTITIES.items():
        text = text.replace(entity, letter)
    return text.decode("utf-8", "ignore")


def _rows(xml: bytes) -> int:
    return max((len(_ROW.findall(table[0])) for table in _TABLE.finditer(xml)), default=0)


def _open_shape(package: zipfile.ZipFile, names: list[str]) -> str:
    if "mimetype" not in names:
        return ""
    told = package.read("mimetype")[:200] if package.getinfo("mimetype").file_size < 200 else b""
    return next((shape for word, shape in _OPEN.items() if word in told), "")
