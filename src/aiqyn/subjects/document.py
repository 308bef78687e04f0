"""One downloadable document: can it be opened, and is it text or pictures of text?"""

import io
import re
import threading
import zipfile
from functools import cached_property

import pypdfium2
import pypdfium2.raw as pdfium

from aiqyn.chain import Evidence
from aiqyn.subjects.page import NOWHERE

ENOUGH = 40  # letters and digits on a page of text; a stamp on a scan has fewer
MOST_PAGES = 500  # of one PDF; the rest is not read
MOST_XML = 50_000_000  # unpacked bytes of one part of an office document

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc, .xls, .ppt before 2007
_PLAIN = ("text/plain", "text/csv", "application/rtf", "text/rtf")
_PARTS = re.compile(
    r"word/document\.xml|xl/sharedStrings\.xml|xl/worksheets/.*\.xml|ppt/slides/.*\.xml|content\.xml"
)
_PICTURE = re.compile(r"(?:word|xl|ppt)/media/|Pictures/.")
_PAGE = re.compile(
    rb"(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)", re.IGNORECASE | re.DOTALL
)
_pdfium = threading.Lock()  # the library holds global state


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
        """One of pdf, zip (DOCX, XLSX, ODT …), old_office, rtf, page, plain; "" when unknown."""
        start = self.content[:1024].lstrip()
        if b"%PDF-" in self.content[:1024]:
            return "pdf"
        if start.startswith(b"PK"):
            return "zip"
        if start.startswith(_OLE):
            return "old_office"
        if start.startswith(b"{\\rtf"):
            return "rtf"
        if re.match(
            rb"(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)",
            start,
            re.IGNORECASE | re.DOTALL,
        ):
            return "page"
        return "plain" if self.evidence.media_type in _PLAIN else ""

    @cached_property
    def _found(self) -> tuple[str, tuple[str, ...]]:
        """("", kind of each page), or (why it cannot be opened, ())."""
        if not self.content.strip():
            return "empty", ()
        if self.format == "pdf":
            return _pages_of_pdf(self.content)
        if self.format == "zip":
            return _pages_of_office(self.content)
        return ("broken", ()) if self.format in ("page", "") else ("", ())

    @property
    def trouble(self) -> str:
        """Why it cannot be opened: "empty", "broken", "locked"; "" when it can."""
        return self._found[0]

    @property
    def pages(self) -> tuple[str, ...]:
        """Each page is text, scan or empty; an office file counts as one page; () when unknown."""
        return self._found[1]

    @property
    def kind(self) -> str:
        """One of text, scan, mixed, empty, unknown; or the trouble."""
        if self.trouble:
            return self.trouble
        seen = set(self.pages) - {"empty"}
        if len(seen) > 1:
            return "mixed"
        return seen.pop() if seen else ("empty" if self.pages else "unknown")


def _pages_of_pdf(content: bytes) -> tuple[str, tuple[str, ...]]:
    with _pdfium:
        try:
            pdf = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as problem:
            return ("locked" if "assword" in str(problem) else "broken"), ()
        try:
            return "", tuple(_kind_of(pdf[number]) for number in range(min(len(pdf), MOST_PAGES)))
        except pypdfium2.PdfiumError:
            return "broken", ()
        finally:
            pdf.close()


def _kind_of(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage().get_text_range()
    if sum(map(str.isalnum, text[:2_000])) >= ENOUGH:
        return "text"
    drawn = next(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3), None)
    if drawn is not None:
        return "scan"
    return "text" if text.strip() else "empty"


def _pages_of_office(content: bytes) -> tuple[str, tuple[str, ...]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = [info for info in package.infolist() if _PARTS.fullmatch(info.filename)]
            if not parts:
                return "broken", ()
            letters = sum(_letters(package, info) for info in parts)
            pictures = any(_PICTURE.match(name) for name in package.namelist())
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        return "broken", ()
    if letters >= ENOUGH or (letters and not pictures):
        return "", ("text",)
    return "", ("scan" if pictures else "empty",)


def _letters(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    """Count letters and digits of one part; stops early, so a bomb costs nothing."""
    if info.file_size > MOST_XML:
        return ENOUGH  # a table of fifty megabytes is not a scan
    with package.open(info) as part:
        head = part.read(2_000_000)
    if b"<!DOCTYPE" in head[:1_000]:
        raise zipfile.BadZipFile("a document type has no place in an office document")
    text = re.sub(rb"<[^<>]*>", b" ", head).decode("utf-8", "ignore")
    return sum(map(str.isalnum, text))
