"""What the bytes of a file are, whatever its name says.

Looks at the beginning of a file, and where that is a package at the names inside it.
Text is told by its first marks; the readers refine it (`json` → `geojson`, `jsonld`).
"""

import re
from collections import Counter
from itertools import islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from aiqyn.subjects.datafile import ole
from aiqyn.subjects.datafile.csv_encoding import detect

HEAD = 64_000  # bytes looked at
MOST_NAMES = 200  # of a package, among which its kind is looked for
CONTROL_SHARE = 0.02  # of bytes that no text has; more of them make no text
NUL_SHARE = 0.25  # of bytes that are zero in lines of text, as broken exports have them

MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "text": "text/plain",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "rtf": "application/rtf",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "geojson": "application/geo+json",
    "jsonld": "application/ld+json",
    "xml": "application/xml",
    "kml": "application/vnd.google-earth.kml+xml",
    "gml": "application/gml+xml",
    "html": "text/html",
    "parquet": "application/vnd.apache.parquet",
    "rdf": "application/rdf+xml",
    "turtle": "text/turtle",
    "trig": "application/trig",
    "ntriples": "application/n-triples",
    "nquads": "application/n-quads",
    "pdf": "application/pdf",
    "image": "image/*",
    "zip": "application/zip",
    "gzip": "application/gzip",
    "7z": "application/x-7z-compressed",
    "rar": "application/vnd.rar",
    "xz": "application/x-xz",
    "bzip2": "application/x-bzip2",
    "zstd": "application/zstd",
    "tar": "application/x-tar",
    "sqlite": "application/vnd.sqlite3",
    "shapefile": "application/vnd.shp",
    "dbf": "application/vnd.dbf",
    "unknown": "application/octet-stream",
}

# What names may end in for each format; a format that is not here is not expected of any name.
ENDINGS = {
    "csv": "csv txt",
    "tsv": "tsv tab txt csv",
    "text": "txt csv md log",
    "xls": "xls xlt",
    "xlsx": "xlsx xlsm xltx xltm",
    "xlsb": "xlsb",
    "ods": "ods",
    "odt": "odt",
    "doc": "doc dot",
    "docx": "docx docm",
    "ppt": "ppt",
    "pptx": "pptx",
    "rtf": "rtf doc",
    "json": "json",
    "jsonl": "jsonl ndjson json geojsonl",
    "geojson": "geojson json",
    "jsonld": "jsonld json",
    "xml": "xml gml xls",
    "kml": "kml kmz xml",
    "gml": "gml xml",
    "html": "html htm xhtml",
    "parquet": "parquet pq",
    "rdf": "rdf xml owl",
    "turtle": "ttl turtle n3",
    "trig": "trig",
    "ntriples": "nt ttl",
    "nquads": "nq",
    "pdf": "pdf",
    "image": "png jpg jpeg gif tif tiff bmp webp svg",
    "zip": "zip",
    "gzip": "gz",
    "7z": "7z",
    "rar": "rar",
    "xz": "xz",
    "bzip2": "bz2",
    "zstd": "zst",
    "tar": "tar",
    "sqlite": "sqlite sqlite3 db gpkg",
    "shapefile": "shp",
    "dbf": "dbf",
}
KNOWN_ENDINGS = frozenset(" ".join(ENDINGS.values()).split())

_MAGIC = (
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"{\\rtf", "rtf"),
    (b"SQLite format 3\x00", "sqlite"),
    (b"\x00\x00\x27\x0a\x00\x00", "shapefile"),
    (b"\x09\x00\x04\x00", "xls"),  # sheets older than OLE: BIFF 2, 3, 4, and 8 without a container
    (b"\x09\x02\x06\x00", "xls"),
    (b"\x09\x04\x06\x00", "xls"),
    (b"\x09\x08\x10\x00", "xls"),
)
_MAGIC_INSIDE = (
    (8, b"WEBP", "image"),
    (6, b"\0\0\0\0\x36\0\0\0", "image"),  # BMP: its two first letters alone are text
    (257, b"ustar", "tar"),
)
_DBF = re.compile(rb"[\x03\x83\x8b\xf5].[\x01-\x0c][\x01-\x1f].{8}\0\0", re.DOTALL)  # by its day
_OLE_STREAMS = (
    ("EncryptedPackage", "xlsx"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
)
_PACKAGES = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/", "xlsx"),
    ("word/", "docx"),
    ("ppt/", "pptx"),
)
_OPEN_DOCUMENTS = {b".spreadsheet": "ods", b".text": "odt"}
_ROOTS = {  # local name of an XML document's root element
    "kml": "kml",
    "RDF": "rdf",
    "svg": "image",
    "html": "html",
    "FeatureCollection": "gml",
}
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])")
# What gives nothing back (`++`, `*+`, of groups `(?>…)`): no text makes these patterns slow.
_BEFORE_ROOT = re.compile(
    r"(?>(?:\s++|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?:\[.*?\])?\s*+>)*)", re.DOTALL
)
_HTML = re.compile(
    r"<!doctype\s+html|<(?:html|head|body|table|meta|div|p|script)[\s>]", re.IGNORECASE
)
_JSON = re.compile(r'\s*+(?:\{\s*+(?:"|\}|\Z)|\[\s*+(?:[\[\]{"]|-?\d|true|false|null|\Z))')
_LINE_OF_JSON = re.compile(r"[ \t]*+\{[^\n]*\}[ \t\r]*\n\s*+\{")
_SPACE = r"(?>(?:\s++|#[^\n]*+(?:\n|\Z))*)"
_TURTLE = re.compile(
    _SPACE + r"(?:@prefix\s++[^\s:]*+:\s*+<|@base\s*+<|PREFIX\s++[^\s:]*+:\s*+<|BASE\s*+<)",
    re.IGNORECASE,
)
_TERM = r"(?:<[^<>\s]*+>|_:[\w.-]++)"
_OBJECT = rf'(?:{_TERM}|"(?>(?:[^"\\\n]++|\\.)*)"(?:@[\w-]++|\^\^<[^<>\s]*+>)?)'
_STATEMENT = re.compile(rf"{_SPACE}{_TERM}\s++<[^<>\s]*+>\s++{_OBJECT}\s*+({_TERM})?\s*+\.")
_LOOSE_STATEMENT = re.compile(rf"{_SPACE}<[a-z]+:[^<>\s]*+>\s++(?:a|<[^<>\s]*+>)\s++\S")
_GRAPH = re.compile(r"(?m)^[ \t]*+(?:GRAPH[ \t]++)?(?:<[^<>\s]*+>|[\w-]*+:[\w.-]*+)\s*+\{")
_LOCAL_HEADER = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_DELIMITERS = ",;\t|"
_PROJECTIONS = ("GEOGCS[", "PROJCS[", "GEOGCRS[", "PROJCRS[")  # what lies beside a shapefile


def sniff(path: Path, name: str = "") -> str:
    """Return the format of the file's bytes, a key of MEDIA_TYPES.

    `name` decides only between plain text and a table of one column.
    """
    with path.open("rb") as file:
        head = file.read(HEAD)
    return _binary(head, path) or _text(head, name)


def disagrees(name: str, fmt: str) -> bool:
    """Whether the ending of `name` promises another format than the file has."""
    known = name.lower() if fmt == "gzip" else name.lower().removesuffix(".gz")
    ending = known.rpartition(".")[2] if "." in known else ""
    return ending in KNOWN_ENDINGS and fmt in ENDINGS and ending not in ENDINGS[fmt].split()


def _binary(head: bytes, path: Path) -> str:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _package(path)
    if head.startswith(ole.MAGIC):
        names = ole.streams(path)
        return next((fmt for name, fmt in _OLE_STREAMS if name in names), "unknown")
    if b"%PDF-" in head[:1_024] and not _is_marked_up(head):
        return "pdf"
    if _DBF.match(head):
        return "dbf"
    found = next((fmt for magic, fmt in _MAGIC if head.startswith(magic)), "")
    return found or next(
        (fmt for at, magic, fmt in _MAGIC_INSIDE if head[at:].startswith(magic)), ""
    )


def _is_marked_up(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf" + b" \t\r\n").startswith((b"<", b"{", b"["))


def _package(path: Path) -> str:
    try:
        with ZipFile(path) as package:
            names = package.namelist()
            if "mimetype" in names and package.getinfo("mimetype").file_size < HEAD:
                told = package.read("mimetype")
                fmt = next((f for word, f in _OPEN_DOCUMENTS.items() if word in told), "")
                if fmt:
                    return fmt
    except (BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        return _broken_package(path)
    return _by_names(names)


def _by_names(names: list[str]) -> str:
    if "[Content_Types].xml" in names:
        for start, fmt in _PACKAGES:
            if any(name.startswith(start) for name in names):
                return fmt
    return "zip"


def _broken_package(path: Path) -> str:
    """Tell a package whose list of names is gone by what its first members are called."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if b"opendocument.spreadsheet" in head[:200]:
        return "ods"
    names = []
    for found in islice(_LOCAL_HEADER.finditer(head), MOST_NAMES):
        length = int.from_bytes(found[1], "little")
        names.append(head[found.end() : found.end() + length].decode("utf-8", "replace"))
    # The list of its parts may be the last of them, and gone.
    return _by_names([*names, "[Content_Types].xml"])


def _text(head: bytes, name: str) -> str:
    text = decoded(head)
    if text is None:
        return "unknown"
    start = text.lstrip()
    if start.startswith("<"):
        return _graph(text) or _marked_up(start)
    if start.startswith(_PROJECTIONS):
        return "text"
    if _JSON.match(text):
        return "jsonl" if _LINE_OF_JSON.match(text) else "json"
    return _graph(text) or _delimited(text, name)


def decoded(head: bytes) -> str | None:
    """Return the beginning of a text well enough to tell its format; None: it is no text."""
    encoding = detect([head])
    if encoding.unit == 1:
        controls = len(head) - len(head.translate(None, _CONTROLS))
        nothing = head.count(0)
        is_filled = b"\n" in head and nothing <= NUL_SHARE * len(head)
        if controls - nothing * is_filled > CONTROL_SHARE * len(head) and not encoding.mark:
            return None
    return head[encoding.mark :].decode(encoding.name, "replace")


_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27}) + b"\x7f"


def _graph(text: str) -> str:
    if _TURTLE.match(text):
        return "trig" if _GRAPH.search(text) else "turtle"
    if found := _STATEMENT.match(text):
        return "nquads" if found[1] else "ntriples"
    return "turtle" if _LOOSE_STATEMENT.match(text) else ""


def _marked_up(text: str) -> str:
    before = _BEFORE_ROOT.match(text)
    rest = text[before.end() :] if before else text
    root = _ROOT.match(rest)
    if root and root[1] in _ROOTS:
        return _ROOTS[root[1]]
    if _HTML.match(text) or _HTML.match(rest):
        return "html"
    return "xml" if root else "text"


def _delimited(text: str, name: str) -> str:
    """Tell a table from prose: most of the first lines hold a delimiter equally often."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    if not lines:
        return "text"
    mark, alike = max(
        ((mark, _alike(lines, mark)) for mark in _DELIMITERS), key=lambda pair: pair[1]
    )
    if alike * 2 <= len(lines) and not name.lower().endswith((".csv", ".tsv")):
        return "text"
    return "tsv" if mark == "\t" and alike else "csv"


def _alike(lines: list[str], mark: str) -> int:
    """How many lines hold `mark` the most frequent number of times."""
    counts = Counter(line.count(mark) for line in lines)
    del counts[0]
    return max(counts.values(), default=0)
