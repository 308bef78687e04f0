"""Addresses a sitemap names (sitemaps.org): plain, gzip, an index of sitemaps, or text.

A file is read a piece at a time, unpacked where it is packed, up to the limit of sitemaps.org.
"""

import html
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice

from aiqyn.chain import Evidence, Sitemap
from aiqyn.errors import FetchError
from aiqyn.fetch.decoding import GZIP_MAGIC
from aiqyn.fetch.limits import Limits

# A pattern, not an XML parser: real sitemaps are often not well-formed, and
# entities defined inside a document are never expanded. It looks at no byte twice for long:
# what is opened and never closed must not be read to the end of the file again and again.
LOC = re.compile(  # of a page; pictures, films and news have theirs under names of their own
    rb"<(?!(?:image|video|news):)(?:[\w-]++:)?loc\b[^<>]*+>\s*+(<!\[CDATA\[)?([^<]*+)</",
    re.IGNORECASE,
)
KIND = re.compile(rb"<(?:\w+:)?(urlset|sitemapindex)\b", re.IGNORECASE)
OPENING, CLOSING = b"<!--", b"-->"
PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)
MAX_BYTES = 52_428_800  # sitemaps.org: 50 MB uncompressed
INDEX = "sitemapindex"
PIECE = 1 << 20  # bytes read at a time
LONGEST = 8_192  # bytes of an address with its element; sitemaps.org: less than 2,048 characters
MOST_ORIGINS = 100  # of one file that are told apart
SHOWN = 4  # addresses of each
SHOWN_FILES = 50  # of an index of sitemaps
MOST_COUNTED = 1_000_000  # addresses of one file; sitemaps.org: 50,000
MOST_MEMBERS = 16  # packed pieces of one file, one after another
_LINE = re.compile(rb"\S[^\r\n]*")
_ORIGIN = re.compile(r"(?:[a-z][a-z\d+.-]*:)?//[^/?#]*", re.IGNORECASE)
_NAME = re.compile(r"\.(?:xml|txt)(?:\.gz)?(?:\?|$)", re.IGNORECASE)


def addresses_in(content: bytes, url: str, *, at_most: int) -> tuple[bool, list[str]]:
    """Return (is it an index of sitemaps, addresses as written), `at_most` of them.

    What follows MAX_BYTES is not read. Raises FetchError when nothing of a packed file can be.
    """
    read = _Read()
    found = list(islice(read.addresses(content), at_most))
    if read.is_broken and not found:
        raise FetchError(url, "broken", "gzip")
    return read.kind == INDEX, found


def whatever_in(content: bytes, url: str, *, at_most: int) -> tuple[bool, list[str]]:
    """The same; nothing of what is not as it says. The evidence is kept for the rules."""
    try:
        return addresses_in(content, url, at_most=at_most)
    except FetchError:
        return False, []


def most_of(url: str, limits: Limits) -> int:
    """Return how many bytes of what an archive holds of `url` are read: it may be a sitemap."""
    return max(MAX_BYTES, limits.max_bytes) if _NAME.search(url) else limits.max_bytes


def told_of(evidence: Evidence, content: bytes) -> Sitemap:
    """Return what a file names; of a broken one what stands before the break."""
    read = _Read()
    count = 0
    origins: dict[str, tuple[int, tuple[str, ...]]] = {}
    for address in islice(read.addresses(content), MOST_COUNTED):
        count += 1
        origin = found[0] if (found := _ORIGIN.match(address)) else ""
        if origin in origins or len(origins) < MOST_ORIGINS:
            times, first = origins.get(origin, (0, ()))
            most = SHOWN_FILES if read.kind == INDEX else SHOWN
            origins[origin] = times + 1, first if len(first) >= most else (*first, address)
    return Sitemap(
        url=evidence.url,
        kind=read.kind or ("text" if any(origins) else ""),
        size=read.size,
        addresses=count,
        origins=tuple((origin, *told) for origin, told in origins.items()),
    )


class _Read:
    """What is known of a file by what was read of it."""

    def __init__(self) -> None:
        self.kind = ""
        self.size = 0  # bytes read, one more than MAX_BYTES where more follow
        self.is_broken = False  # it cannot be unpacked to its end
        self._is_text = True

    def addresses(self, content: bytes) -> Iterator[str]:
        """Yield the addresses; of a file that is broken those before the break."""
        yield from self._of_elements(content)
        if self._is_text:
            yield from self._of_lines(content)

    def _of_elements(self, content: bytes) -> Iterator[str]:
        window, is_first = b"", True
        for piece in _uncommented(self._pieces(content)):
            window += piece
            self._look(window, is_first=is_first)
            is_first, end = False, 0
            for match in LOC.finditer(window):
                end = match.end()
                yield _address(match[2], is_plain=match[1] is not None)
            window = window[max(end, len(window) - LONGEST) :]

    def _of_lines(self, content: bytes) -> Iterator[str]:
        """Yield the lines of a file without elements."""
        window = b""
        for piece in self._pieces(content):
            window += piece
            end = max(window.rfind(b"\n"), window.rfind(b"\r")) + 1
            yield from _lines(window[:end])
            window = window[end:][:LONGEST]
        if self.size <= MAX_BYTES:  # or the last line is cut
            yield from _lines(window)

    def _pieces(self, content: bytes) -> Iterator[bytes]:
        """Yield the file unpacked, a piece at a time, no more of it than MAX_BYTES and one byte."""
        self.size = 0
        unpacked = self._unpacked(content) if content.startswith(GZIP_MAGIC) else _cut(content)
        for piece in unpacked:
            room = MAX_BYTES + 1 - self.size
            self.size += min(room, len(piece))
            yield piece[:room]
            if self.size > MAX_BYTES:
                return

    def _unpacked(self, content: bytes) -> Iterator[bytes]:
        for _ in range(MOST_MEMBERS):
            if not content.startswith(GZIP_MAGIC):  # whatever follows is none of it
                return
            unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
            while not unpacker.eof:
                try:
                    piece = unpacker.decompress(content, PIECE)
                except zlib.error:
                    self.is_broken = True
                    return
                content = unpacker.unconsumed_tail
                if not (piece or content or unpacker.eof):  # it is cut off
                    self.is_broken = True
                    return
                yield piece
            content = unpacker.unused_data

    def _look(self, window: bytes, *, is_first: bool) -> None:
        self._is_text = self._is_text and b"<" not in window
        if not self.kind and (told := KIND.search(window)):
            self.kind = told[1].decode().lower()
        elif is_first and PAGE.match(window):
            self.kind = "page"


def _cut(content: bytes) -> Iterator[bytes]:
    return (content[start : start + PIECE] for start in range(0, len(content), PIECE))


def _uncommented(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what no comment of XML hides; one that is never closed hides all that follows."""
    window, is_open = b"", False
    for piece in pieces:
        window += piece
        kept, at = [], 0
        while (place := window.find(mark := CLOSING if is_open else OPENING, at)) >= 0:
            if not is_open:
                kept.append(window[at:place])
            at, is_open = place + len(mark), not is_open
        end = max(at, len(window) - len(OPENING) + 1)  # a mark may begin there
        if not is_open:
            kept.append(window[at:end])
        yield b"".join(kept)
        window = window[end:]
    if not is_open:
        yield window


def _lines(written: bytes) -> Iterator[str]:
    for line in _LINE.finditer(written):
        if address := line[0].decode("utf-8-sig", "replace").strip():
            yield address.replace("\0", "\ufffd")


def _address(written: bytes, *, is_plain: bool) -> str:
    """Return an address as meant; one in CDATA is `is_plain`, written without entities."""
    said = written.decode("utf-8", "replace").strip().removesuffix("]]>").strip()
    return (said if is_plain else html.unescape(said)).replace("\0", "\ufffd")
