"""What a file is, told by its bytes: the name and the browser's word are not believed."""

import zlib
from dataclasses import dataclass
from io import BytesIO
from lzma import LZMAError
from pathlib import PurePosixPath, PureWindowsPath
from zipfile import BadZipFile, ZipFile

from aiqyn_portal.evaluation.refusals import FileIsEmpty, FileKindRefused, FileTooLarge

MEGABYTE = 1024 * 1024
LARGEST = 10 * MEGABYTE  # bytes; the forms say so too
NAME_LENGTH = 200
# how reading an archive fails, whatever the compression it claims
NOT_AN_ARCHIVE = (
    BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError,
    zlib.error, LZMAError,
)  # fmt: skip
MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)
OFFICE = (
    (
        "word/document.xml",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
OPEN_DOCUMENT = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file somebody hands in as evidence."""

    name: str
    content: bytes


def media_type_of(content: bytes) -> str:
    """Return the media type of `content`.

    Raises FileIsEmpty, FileTooLarge, or FileKindRefused for anything a browser could
    run (HTML, SVG, scripts in a page) and anything we do not know.
    """
    if not content:
        raise FileIsEmpty
    if len(content) > LARGEST:
        raise FileTooLarge(LARGEST // MEGABYTE)
    for magic, media_type in MAGIC:
        if content.startswith(magic):
            return media_type
    if content.startswith(b"PK\x03\x04"):
        return _office_type(content)
    return _text_type(content)


def _office_type(content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as parts:
            names = set(parts.namelist())
            for part, media_type in OFFICE:
                if part in names and "[Content_Types].xml" in names:
                    return media_type
            declared = _declared_type(parts, names)
    except NOT_AN_ARCHIVE as problem:
        raise FileKindRefused from problem
    if declared not in OPEN_DOCUMENT:
        raise FileKindRefused
    return declared


def _declared_type(parts: ZipFile, names: set[str]) -> str:
    """The first bytes of an OpenDocument file's `mimetype`; never the whole, it may be a bomb."""
    if "mimetype" not in names:
        return ""
    with parts.open("mimetype") as declared:
        return declared.read(100).decode("ascii", "replace")


def _text_type(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileKindRefused from None
    if text.lstrip().startswith("<") or any(c < " " and c not in "\t\n\r\f" for c in text):
        raise FileKindRefused
    return "text/plain"


def plain_name(name: str) -> str:
    """The file's own name: no folders, no control characters, at most 200 letters."""
    base = PureWindowsPath(PurePosixPath(name).name).name
    return "".join(c for c in base if c.isprintable()).strip()[-NAME_LENGTH:] or "file"
