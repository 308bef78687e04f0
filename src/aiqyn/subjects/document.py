"""One downloadable document: can it be opened, and is it text or pictures of text?"""

import re
from functools import cached_property
from typing import TYPE_CHECKING

from aiqyn.chain import Evidence
from aiqyn.subjects import office, old_excel, old_slides, old_word, rtf
from aiqyn.subjects.language import language_of
from aiqyn.subjects.old_text import OldText
from aiqyn.subjects.page import NOWHERE

if TYPE_CHECKING:
    from aiqyn.subjects.pdf import Paper

PICTURES = frozenset({"jpeg", "png", "gif", "tiff", "bmp"})
ONE_PAGE = {**dict.fromkeys(PICTURES, "scan"), "plain": "text", "html": "text"}
OLD = frozenset({"old_office", "rtf"})
SAVED = "html"  # a web page or XML under the name of a sheet or a text; Office opens it
DATA = frozenset({"csv", "xls", "xlsx", "ods", SAVED})
FEWEST = 200  # characters by which the language of a document is told

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, .xls, .ppt before 2007
_PLAIN = ("text/plain", "text/csv", "application/rtf", "text/rtf")
_STARTS = (
    (b"PK", "zip"), (_OLE, "old_office"), (b"{\\rtf", "rtf"), (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG", "png"), (b"GIF8", "gif"), (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"BM", "bmp"),
)  # fmt: skip
# Word 1 and 2, Excel 2 to 4 wrote no folder: nobody reads them here, yet they are not damaged.
_OLDEST = (
    b"\xdb\xa5\x2d\x00", b"\x9b\xa5\x21\x00", b"\x09\x00\x04\x00", b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
)  # fmt: skip
_OLD_NAME = re.compile(r"\.(doc|dot|xls|ppt|pps)x?$", re.IGNORECASE)
# An OLE folder names its main stream in UTF-16.
_OLD_PARTS = (
    ("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"), ("Book", "xls"),
)  # fmt: skip
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream of a DOCX, XLSX, PPTX with a lock
_READERS = {"doc": old_word.read, "xls": old_excel.read, "ppt": old_slides.read, "rtf": rtf.read}
_PAGE = re.compile(
    rb"(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)", re.IGNORECASE | re.DOTALL
)


# What a program wrote as HTML or XML for Excel or Word says so at its beginning.
_FOR_OFFICE = re.compile(
    rb"urn:schemas-microsoft-com:office|progid=.?(?:excel|word)\.|content=.?(?:excel|word)\.",
    re.IGNORECASE,
)
_OF_OFFICE = re.compile(r"\.(?:doc|xls)x?$", re.IGNORECASE)
_OF_A_SITE = (b"<nav", b"<form", b"<header", b"<footer")  # a page of the site in its place
MOST_LINKS = 5  # in a table that a program wrote
LOOKED_AT = 200_000  # bytes


class Document:
    """Read lazily; the bytes decide what it is, not its name or media type."""

    def __init__(self, content: bytes, evidence: Evidence = NOWHERE) -> None:
        self.content = content
        self.evidence = evidence

    @property
    def address(self) -> str:
        """Where the document really is, after redirects."""
        return self.evidence.final_url or self.evidence.url

    @cached_property
    def format(self) -> str:
        """One of pdf, zip (DOCX …), old_office, rtf, html, page, plain, a picture's; or ""."""
        if self.content.startswith(_OLDEST):
            return "old_office"
        start = self.content[:1024].lstrip()
        if b"%PDF-" in self.content[:1024]:
            return "pdf"
        for signature, name in _STARTS:
            if start.startswith(signature):
                return name
        if start.startswith(b"<") and self._is_saved(start):
            return SAVED
        if _PAGE.match(start):
            return "page"
        return "plain" if self.evidence.media_type in _PLAIN else ""

    def _is_saved(self, start: bytes) -> bool:
        """Whether a program wrote markup for Office to open; a page of the site is none."""
        if _FOR_OFFICE.search(start):
            return True
        if not _OF_OFFICE.search(self.address.partition("?")[0]):
            return False
        told = self.content[:LOOKED_AT].lower()
        is_of_a_site = told.count(b"<a ") > MOST_LINKS or any(each in told for each in _OF_A_SITE)
        return b"<table" in told and not is_of_a_site

    @cached_property
    def shape(self) -> str:
        """What a reader calls it: pdf, docx, xlsx, odt, doc, xls, rtf, jpeg …; "" when unknown."""
        if self.format == "zip":
            return self._package.shape
        if self.format == "old_office":
            return self._old_shape()
        return "csv" if self.evidence.media_type == "text/csv" else self.format

    def _old_shape(self) -> str:
        for name, shape in _OLD_PARTS:
            if name.encode("utf-16-le") in self.content:
                return shape
        named = _OLD_NAME.search(self.address.partition("?")[0])
        return named[1].lower() if named else "doc"

    @cached_property
    def _paper(self) -> "Paper":
        from aiqyn.subjects import pdf  # noqa: PLC0415  # an engine most sites do not need

        return pdf.read(self.content)

    @cached_property
    def _package(self) -> office.Package:
        return office.read(self.content)

    @cached_property
    def _old(self) -> OldText:
        """What an old office document says, or that a newer one lies encrypted in its container."""
        if self.format == "old_office" and _ENCRYPTED in self.content:
            return OldText(is_locked=True)
        return _READERS[self.shape](self.content) if self.shape in _READERS else OldText()

    @cached_property
    def _found(self) -> tuple[str, tuple[str, ...]]:
        """("", kind of each page), or (why it cannot be opened, ())."""
        if not self.content.strip():
            return "empty", ()
        if self.format == "pdf":
            trouble = self._paper.trouble
            return ("" if trouble == "heavy" else trouble), self._paper.pages
        if self.format == "zip":
            return _of_package(self._package)
        if self.format in OLD:
            return _of_old(self._old)
        if self.format in ONE_PAGE:
            return "", (ONE_PAGE[self.format],)
        return ("broken", ()) if self.format in ("page", "") else ("", ())

    @property
    def trouble(self) -> str:
        """Why it cannot be opened: "empty", "broken", "locked"; "" when it can."""
        return self._found[0]

    @property
    def pages(self) -> tuple[str, ...]:
        """Each page is text, layer (a scan with recognised text), scan or empty; () when unknown.

        An office file or a picture counts as one page.
        """
        return self._found[1]

    @property
    def kind(self) -> str:
        """One of text, layer, scan, mixed, empty, unknown; or the trouble."""
        if self.trouble:
            return self.trouble
        seen = set(self.pages) - {"empty"}
        if seen == {"text", "layer"}:
            return "layer"
        if len(seen) > 1:
            return "mixed"
        return seen.pop() if seen else ("empty" if self.pages else "unknown")

    @property
    def unread(self) -> str:
        """Why nothing is known of its text though it may open: "old_format", "heavy"; or ""."""
        if self.kind != "unknown":
            return ""
        return "heavy" if self.format == "pdf" else "old_format"  # damaged, or saved bit by bit

    @cached_property
    def beginning(self) -> str:
        """The words of its first pages; "" where they cannot be read."""
        if self.format == "pdf":
            return self._paper.beginning
        if self.format == "zip":
            return self._package.words
        if self.format in OLD:
            return self._old.beginning
        if self.format == "plain":
            return self.content[:20_000].decode("utf-8", "replace")
        return ""

    @cached_property
    def end(self) -> str:
        """The words of its last page, where they can be read."""
        if self.format == "pdf":
            return self._paper.end
        return self._old.end if self.format in OLD else self.beginning[-2_000:]

    @cached_property
    def language(self) -> str | None:
        """The language of its first pages; None when it cannot be told or there are several."""
        if len(self.beginning) < FEWEST or self.shape in DATA:
            return None  # of a table nobody can tell: it is names and figures
        first = language_of(self.beginning)
        return first if first == language_of(self.end) or len(self.end) < FEWEST else None

    @property
    def table_pages(self) -> int:
        """How many pages in a row one ruled table of a PDF fills."""
        return self._paper.ruled if self.format == "pdf" else 0

    @property
    def table_rows(self) -> int:
        """How many rows the longest table in an office text has; of a spreadsheet 0."""
        return self._package.rows if self.format == "zip" else 0


def _of_package(package: office.Package) -> tuple[str, tuple[str, ...]]:
    if package.trouble:
        return package.trouble, ()
    return "", (_kind(package.letters, has_pictures=package.has_pictures),)


def _of_old(old: OldText) -> tuple[str, tuple[str, ...]]:
    if old.is_locked:
        return "locked", ()
    return "", (_kind(old.letters, has_pictures=old.has_pictures),) if old.is_read else ()


def _kind(letters: int, *, has_pictures: bool) -> str:
    if letters >= office.ENOUGH or (letters and not has_pictures):
        return "text"
    return "scan" if has_pictures else "empty"
