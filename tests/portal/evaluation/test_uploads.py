from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from aiqyn_portal.evaluation import refusals
from aiqyn_portal.evaluation.uploads import media_type_of, plain_name

OPEN_XML = "application/vnd.openxmlformats-officedocument"


def zipped(**parts: str) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return packed.getvalue()


DOCX = zipped(word__document_dot_xml="<w/>", **{"[Content_Types].xml": ""})
XLSX = zipped(xl__workbook_dot_xml="<w/>", **{"[Content_Types].xml": ""})
ODT = zipped(mimetype="application/vnd.oasis.opendocument.text")


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0...", "image/jpeg"),
        (DOCX, f"{OPEN_XML}.wordprocessingml.document"),
        (XLSX, f"{OPEN_XML}.spreadsheetml.sheet"),
        (ODT, "application/vnd.oasis.opendocument.text"),
        ("Хаттама\n1. …".encode(), "text/plain"),
        (b"\xef\xbb\xbfa;b\r\n1;2", "text/plain"),
    ],
)
def test_kind_of_a_file_is_told_by_its_bytes(content: bytes, media_type: str) -> None:
    assert media_type_of(content) == media_type


def damaged(compression: int) -> bytes:
    """An archive whose one part cannot be unpacked."""
    packed = BytesIO()
    with ZipFile(packed, "w", compression) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text" * 10)
    content = bytearray(packed.getvalue())
    content[38:56] = b"\xff" * 18  # behind the header of the part
    return bytes(content)


@pytest.mark.parametrize("compression", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_archive_that_cannot_be_unpacked_is_refused(compression: int) -> None:
    with pytest.raises(refusals.FileKindRefused):
        media_type_of(damaged(compression))


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"  \n<svg onload='x'/>",
        b"\xef\xbb\xbf<!doctype html>",
        b"GIF89a\x00\x01",
        b"MZ\x90\x00",
        b"\xff\xfeh\x00",
        b"PK\x03\x04 broken",
        zipped(evil__run_dot_exe="MZ"),
        zipped(mimetype="text/html"),
    ],
)
def test_file_a_browser_could_run_or_nobody_knows_is_refused(content: bytes) -> None:
    with pytest.raises(refusals.FileKindRefused):
        media_type_of(content)


def test_empty_and_too_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aiqyn_portal.evaluation.uploads.LARGEST", 10)

    with pytest.raises(refusals.FileIsEmpty):
        media_type_of(b"")
    with pytest.raises(refusals.FileTooLarge):
        media_type_of(b"%PDF-123456")
    assert media_type_of(b"%PDF-12345") == "application/pdf"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("хаттама.pdf", "хаттама.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\a.pdf", "a.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("", "file"),
        ("/", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_name_of_a_file_loses_what_could_harm(given: str, kept: str) -> None:
    assert plain_name(given) == kept
