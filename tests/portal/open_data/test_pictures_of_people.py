"""Pictures come out as pictures and nothing else."""

import struct
import zlib

import pytest

from aiqyn_portal.sections.open_data.pictures import LARGEST, PictureUnfit, plain

PNG = b"\x89PNG\r\n\x1a\n"


def chunk(name, content):
    crc = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", crc)


def png(width=1, height=1, *extra):
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    dots = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return PNG + head + b"".join(extra) + dots + chunk(b"IEND", b"")


def segment(kind, content):
    return bytes([0xFF, kind]) + struct.pack(">H", len(content) + 2) + content


def jpeg(width=1, height=1, *extra):
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\x34\xff\x00\x56\xff\xd9"
    tables = segment(0xDB, b"\0" * 65)
    return b"\xff\xd8" + segment(0xE0, b"JFIF\0") + b"".join(extra) + tables + frame + scan


PLACE = segment(0xE1, b"Exif\0\0 48.0196 N 66.9237 E")
WORDS = chunk(b"tEXt", b"Location\0Shymkent")
HIDDEN = b"PK\3\4 an archive behind the picture"


@pytest.mark.parametrize(
    ("content", "kept", "media_type"),
    [
        (png(), png(), "image/png"),
        (png(1, 1, WORDS, chunk(b"eXIf", b"GPS"), chunk(b"iCCP", b"x")), png(), "image/png"),
        (png() + HIDDEN, png(), "image/png"),
        (png(4000, 4000), png(4000, 4000), "image/png"),
        (jpeg(), jpeg(), "image/jpeg"),
        (jpeg(1, 1, PLACE, segment(0xED, b"IPTC"), segment(0xFE, b"me")), jpeg(), "image/jpeg"),
        (jpeg() + HIDDEN, jpeg(), "image/jpeg"),
    ],
)
def test_picture_loses_all_that_is_no_picture(content, kept, media_type):
    assert plain(content) == (kept, media_type)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"RIFF\0\0\0\0WEBP",
        png(4001, 1),
        png(1, 0),
        png(60_000, 60_000),
        png()[:-4],
        png()[:20],
        PNG + b"\xff" * 40,
        jpeg(65_000, 65_000),
        jpeg(0, 1),
        jpeg()[:-2],
        b"\xff\xd8\xff",
        b"\xff\xd8\xff\xe0\0\2nothing",
        b"\xff\xd8" + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\xff\xd9",
        png() + b"\0" * LARGEST,
    ],
)
def test_what_is_no_fit_picture_is_refused(content):
    with pytest.raises(PictureUnfit):
        plain(content)


def test_segments_without_length_do_not_go_on_for_ever():
    with pytest.raises(PictureUnfit):
        plain(b"\xff\xd8\xff\xe0\0\0" + b"\xff\xe0\0\0" * 1000)
