"""One PDF, page by page: text, scan, scan with recognised text; and the words of its first pages.

The engine (pdfium) is C++ and holds global state: one file at a time, pages closed as
soon as they are read, and what would unpack to more than it deserves is not given to it.
"""

import ctypes
import re
import threading
import zlib
from collections.abc import Iterator
from itertools import islice

import pypdfium2
import pypdfium2.raw as pdfium
from msgspec import Struct

from aiqyn.subjects.office import ENOUGH

MOST_PAGES = 500  # of one PDF; the rest is not read
MOST_LETTERS = 5_000  # of one page
FIRST_PAGES = 2  # whose words are kept, beside those of the last one
MOST_OBJECTS = 100_000  # of all pages together; after that none is looked at
MOST_LOOKED_AT = 1_000  # objects of a page without text among which a picture is looked for
MOST_UNPACKED = 8_000_000  # bytes of one stream that is drawn or read; more is hostile
MOST_FONT = 32_000_000  # bytes of a font
SAMPLE = 4  # objects at either end of a page among which a scanned picture is looked for
PLAINLY = 12  # texts at the beginning of a page that need not be read to know it is text
LARGE = 0.6  # share of the page that a scanned picture covers at least
LINES = 6  # thin lines each way that make a table
MOST_LINES = 300  # objects of a page among which they are looked for
THIN = 2.0  # points
HIGHEST_CELL = 250.0  # points; a larger box frames a page, not a cell
TALL = 0.5  # share of the page's height that a page-long table covers at least

_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(rb"/(?:DCT|JPX|JBIG2|CCITTFax)Decode|/Subtype\s*/Image")
_lock = threading.Lock()
_SIDES = [ctypes.c_float() for _ in range(4)]  # filled for every shape: made once


class Paper(Struct, frozen=True):
    """What one PDF holds. `trouble` is "broken", "locked" or "heavy" (not read, see `unpacked`)."""

    trouble: str = ""
    pages: tuple[str, ...] = ()  # "text", "layer" (a scan with recognised text), "scan", "empty"
    beginning: str = ""  # words of the first pages
    end: str = ""  # words of the last page
    ruled: int = 0  # pages in a row that one ruled table fills


def read(content: bytes) -> Paper:
    """Return what `content` holds; never raises for what is wrong with it."""
    if is_heavy(content):
        return Paper("heavy")
    with _lock:
        try:
            pdf = pypdfium2.PdfDocument(content)
        except pypdfium2.PdfiumError as problem:
            return Paper("locked" if "assword" in str(problem) else "broken")
        try:
            return _read(pdf)
        except pypdfium2.PdfiumError:
            return Paper("broken")
        finally:
            pdf.close()


class _Sheet(Struct, frozen=True):
    kind: str
    text: str
    is_ruled: bool
    objects: int


def _read(pdf: pypdfium2.PdfDocument) -> Paper:
    sheets: list[_Sheet] = []
    objects = 0
    pages = min(len(pdf), MOST_PAGES)
    for number in range(pages):
        page = pdf[number]
        try:
            wanted = number < FIRST_PAGES or number == pages - 1
            sheets.append((None if wanted else _plain_sheet(page)) or _sheet(page))
        finally:
            page.close()
        objects += sheets[-1].objects
        if objects > MOST_OBJECTS:
            break
    return Paper(
        pages=tuple(sheet.kind for sheet in sheets),
        beginning="\n".join(sheet.text for sheet in sheets[:FIRST_PAGES]),
        end=sheets[-1].text if sheets else "",
        ruled=_longest_run(sheets),
    )


def _plain_sheet(page: pypdfium2.PdfPage) -> _Sheet | None:
    """Return a page that is text at a glance: reading its words is what takes the time."""
    objects = pdfium.FPDFPage_CountObjects(page)
    looked_at = [*range(min(PLAINLY, objects)), *range(max(PLAINLY, objects - SAMPLE), objects)]
    kinds = [
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, number)) for number in looked_at
    ]
    texts = kinds.count(pdfium.FPDF_PAGEOBJ_TEXT)
    if texts < PLAINLY or pdfium.FPDF_PAGEOBJ_IMAGE in kinds:
        return None
    return _Sheet("text", "", _is_ruled(page, objects), objects)


def _sheet(page: pypdfium2.PdfPage) -> _Sheet:
    textpage = page.get_textpage()
    try:
        letters = textpage.count_chars()
        text = textpage.get_text_range(0, min(letters, MOST_LETTERS)) if letters > 0 else ""
    finally:
        textpage.close()
    objects = pdfium.FPDFPage_CountObjects(page)
    if _says_enough(text):
        kind = "layer" if _is_recognised(page, objects) else "text"
        return _Sheet(kind, text, kind == "text" and _is_ruled(page, objects), objects)
    looked_at = islice(page.get_objects(max_depth=3), MOST_LOOKED_AT)
    is_drawn = any(each.type == pdfium.FPDF_PAGEOBJ_IMAGE for each in looked_at)
    kind = "scan" if is_drawn else "text" if text.strip() else "empty"
    return _Sheet(kind, text, is_ruled=False, objects=objects)


def _says_enough(text: str) -> bool:
    """Most pages of text say so in their first lines."""
    return any(sum(map(str.isalnum, piece)) >= ENOUGH for piece in (text[: 4 * ENOUGH], text))


def _is_recognised(page: pypdfium2.PdfPage, objects: int) -> bool:
    """Whether the text lies unseen over, or hidden under, a picture of the whole page."""
    looked_at = sorted({*range(min(SAMPLE, objects)), *range(max(0, objects - SAMPLE), objects)})
    pictures, texts, unseen = [], [], 0
    for number in looked_at:
        each = pdfium.FPDFPage_GetObject(page, number)
        kind = pdfium.FPDFPageObj_GetType(each)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE and _covers(page, each):
            pictures.append(number)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(number)
            mode = pdfium.FPDFTextObj_GetTextRenderMode(each)
            unseen += mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    if not pictures or not texts:
        return False
    return unseen == len(texts) or max(pictures) > max(texts)


def _box(drawn: object) -> tuple[float, float, float, float]:
    """Left, bottom, right, top in points; all zero when the object has none."""
    for side in _SIDES:
        side.value = 0.0
    pdfium.FPDFPageObj_GetBounds(drawn, *_SIDES)
    left, bottom, right, top = (side.value for side in _SIDES)
    return left, bottom, right, top


def _covers(page: pypdfium2.PdfPage, drawn: object) -> bool:
    left, bottom, right, top = _box(drawn)
    width, height = page.get_size()
    return bool((right - left) * (top - bottom) >= LARGE * width * height)


def _is_ruled(page: pypdfium2.PdfPage, objects: int) -> bool:
    """Whether thin lines both ways, or cells each with its border, run over most of the page."""
    across, down, highest, lowest = 0, 0, 0.0, 1e9
    for number in range(min(objects, MOST_LINES)):
        each = pdfium.FPDFPage_GetObject(page, number)
        if pdfium.FPDFPageObj_GetType(each) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        left, bottom, right, top = _box(each)
        is_cell = THIN <= top - bottom < HIGHEST_CELL and right - left >= THIN and _has_border(each)
        is_across = is_cell or top - bottom < THIN < right - left
        is_down = is_cell or right - left < THIN < top - bottom
        across, down = across + is_across, down + is_down
        if is_across or is_down:
            highest, lowest = max(highest, top), min(lowest, bottom)
    if min(across, down) < LINES:
        return False
    return bool(highest - lowest >= TALL * page.get_height())


def _has_border(drawn: object) -> bool:
    """Whether a shape is drawn by its edge alone."""
    fill, edge = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(drawn, ctypes.byref(fill), ctypes.byref(edge))
    return bool(edge.value) and fill.value == pdfium.FPDF_FILLMODE_NONE


def _longest_run(sheets: list[_Sheet]) -> int:
    longest = run = 0
    for sheet in sheets:
        run = run + 1 if sheet.is_ruled else 0
        longest = max(longest, run)
    return longest


def is_heavy(content: bytes) -> bool:
    """Whether something in the file unpacks to far more than a document needs.

    Pictures are left out: they are never drawn here.
    """
    return any(
        _unpacks_beyond(packed, MOST_FONT if b"/Length1" in about else MOST_UNPACKED)
        or about.count(b"/FlateDecode") > 1
        for about, packed in _flate_streams(content)
    )


def _flate_streams(content: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Yield (the dictionary, the packed bytes) of streams that could be large."""
    whole = memoryview(content)
    for found in _STREAM.finditer(content):
        opened = content.rfind(b"obj", max(0, found.start() - 2_000), found.start())
        about = content[max(opened, found.start() - 2_000, 0) : found.start()]
        if b"/FlateDecode" not in about or _PICTURE.search(about):
            continue
        end = content.find(b"endstream", found.end())
        end = len(content) if end < 0 else end
        if (end - found.end()) * 1_100 > MOST_UNPACKED or about.count(b"/FlateDecode") > 1:
            yield about, whole[found.end() : end]


def _unpacks_beyond(packed: memoryview, limit: int) -> bool:
    unpacking = zlib.decompressobj()
    size = 0
    rest: bytes | memoryview = packed
    try:
        while rest and size <= limit and not unpacking.eof:
            size += len(unpacking.decompress(rest, 1 << 20))
            rest = unpacking.unconsumed_tail
    except zlib.error:
        return False
    return size > limit
