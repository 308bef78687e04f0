"""Pictures people send, as they are shown: PNG or JPEG, without what cameras write into them.

Nothing is decoded: whatever is no part of the picture itself (places, serial numbers, comments,
hidden files) is left out, and a picture too large for a phone is refused by its own header.
"""

import struct
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from aiqyn_portal.base.refusals import ActionRefused

LARGEST = 2 * 1024 * 1024  # bytes
WIDEST = 4_000  # pixels, either way
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
SHOWN_CHUNKS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"gAMA")
START_OF_SCAN, END_OF_IMAGE = 0xDA, 0xD9
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # segments that say how large it is
SHOWN_SEGMENTS = FRAMES | {0xC4, 0xDB, 0xDD, 0xE0, 0xEE}  # tables, frames, JFIF, Adobe's colours


class PictureUnfit(ActionRefused):
    sentence = _("The picture must be a PNG or JPEG of at most 2 MB and 4 000 by 4 000 pixels.")


def plain(content: bytes) -> tuple[bytes, str]:
    """Return the picture without anything else, and its media type; raises PictureUnfit."""
    if len(content) > LARGEST:
        raise PictureUnfit
    try:
        if content.startswith(PNG):
            return b"".join([PNG, *_png(content)]), "image/png"
        if content.startswith(JPEG):
            return b"".join([b"\xff\xd8", *_jpeg(content)]), "image/jpeg"
    except (struct.error, IndexError):
        raise PictureUnfit from None
    raise PictureUnfit


def _png(content: bytes) -> Iterator[bytes]:
    at, is_whole = len(PNG), False
    while not is_whole:
        length, name = struct.unpack_from(">I4s", content, at)
        whole = content[at : at + length + 12]
        if len(whole) < length + 12:
            raise PictureUnfit
        if name == b"IHDR":
            _refuse_large(*struct.unpack_from(">II", whole, 8))
        if name in SHOWN_CHUNKS:
            yield whole
        at, is_whole = at + length + 12, name == b"IEND"


def _jpeg(content: bytes) -> Iterator[bytes]:
    at, is_framed = 2, False
    while True:
        marker, kind = content[at], content[at + 1]
        if marker != 0xFF:
            raise PictureUnfit
        (length,) = struct.unpack_from(">H", content, at + 2)
        if kind in FRAMES:
            _refuse_large(*struct.unpack_from(">HH", content, at + 5))
            is_framed = True
        if kind == START_OF_SCAN:
            if not is_framed:
                raise PictureUnfit
            yield content[at : _end(content)]
            return
        if kind in SHOWN_SEGMENTS:
            yield content[at : at + 2 + length]
        at += 2 + length


def _end(content: bytes) -> int:
    """Where the picture ends; what is hidden behind it is left out."""
    found = content.rfind(bytes([0xFF, END_OF_IMAGE]))
    if found < 0:
        raise PictureUnfit
    return found + 2


def _refuse_large(one: int, other: int) -> None:
    if not 0 < one <= WIDEST or not 0 < other <= WIDEST:
        raise PictureUnfit
