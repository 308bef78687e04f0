"""What may be attached: told by the first bytes, and the ending must agree."""

import zipfile
from io import BytesIO

MOST_UNPACKED = 200 * 1024 * 1024  # bytes of a DOCX, XLSX or ODT
MOST_MEMBERS = 5_000
_ZIPPED = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
_MAGIC = {
    "pdf": (b"%PDF-", "application/pdf"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    "doc": (b"\xd0\xcf\x11\xe0", "application/msword"),
    "rtf": (b"{\\rtf", "application/rtf"),
}
ENDINGS = ("pdf", "docx", "odt", "doc", "rtf", "xlsx", "ods", "txt", "png", "jpg")


def media_type(name: str, content: bytes) -> str:
    """The media type of a file whose bytes are what its ending says; "" for any other."""
    ending = name.rpartition(".")[2].lower()
    if ending in _MAGIC:
        magic, told = _MAGIC[ending]
        return told if content.startswith(magic) else ""
    if ending in _ZIPPED:
        return _ZIPPED[ending] if _is_small_archive(content) else ""
    if ending == "txt":
        return "text/plain" if _is_text(content) else ""
    return ""


def _is_small_archive(content: bytes) -> bool:
    """Whether it is a ZIP that unpacks to something one may keep; nothing is unpacked."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False
    return len(members) <= MOST_MEMBERS and sum(m.file_size for m in members) <= MOST_UNPACKED


def _is_text(content: bytes) -> bool:
    try:
        return "\0" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
