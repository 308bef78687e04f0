"""Addresses a sitemap names (sitemaps.org): plain, gzip, an index of sitemaps, or text.

A file is read a piece at a time, unpacked where it is packed, up to the limit of sitemaps.org.
"""

import gzip
import html
import io
import re
import zlib
from collections.abc import Iterator
from typing import IO, cast

from aiqyn.chain import Evidence, Sitemap
from aiqyn.errors import FetchError
from aiqyn.fetch.decoding import GZIP_MAGIC
from aiqyn.fetch.limits import Limits

# A pattern, not an XML parser: real sitemaps are often not well-formed, and
# entities defined inside a document are never expanded. It looks at no byte twice for long:
# what is opened and never closed must not be read to the end of the file again and again.
LOC = re.compile(rb"<(?:[\w-]++:)?loc\b[^<>]*+>\s*+(?:<!\[CDATA\[)?([^<]*+)</", re.IGNORECASE)
KIND = re.compile(rb"<(?:\w+:)?(urlset|sitemapindex)\b", re.IGNORECASE)
PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)
MAX_BYTES = 52_428_800  # sitemaps.org: 50 MB uncompressed
PIECE = 1 << 20  # bytes read at a time
LONGEST = 8_192  # bytes of an address with its element; sitemaps.org: less than 2,048 characters
MOST_ORIGINS = 100  # of one file that are told apart
SHOWN = 4  # addresses of each
_ORIGIN = re.compile(r"(?:[a-z][a-z\d+.-]*:)?//[^/?#]*", re.IGNORECASE)
_NAME = re.compile(r"\.(?:xml|txt)(?:\.gz)?(?:\?|$)", re.IGNORECASE)


def addresses_in(content: bytes, url: str, *, at_most: int) -> tuple[bool, list[str]]:
    """Return (is it an index of sitemaps, addresses as written), `at_most` of them.

    What follows MAX_BYTES is not read. Raises FetchError when gzip content is broken.
    """
    read = _Read()
    found: list[str] = []
    try:
        for address in read.addresses(content):
            if len(found) == at_most:
                break
            found.append(address)
    except (OSError, EOFError, zlib.error) as error:
        raise FetchError(url, "broken", f"gzip: {error}") from None
    return read.kind == "sitemapindex", found


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
    try:
        for address in read.addresses(content):
            count += 1
            origin = found[0] if (found := _ORIGIN.match(address)) else ""
            if origin in origins or len(origins) < MOST_ORIGINS:
                times, first = origins.get(origin, (0, ()))
                origins[origin] = times + 1, first if len(first) == SHOWN else (*first, address)
    except (OSError, EOFError, zlib.error):
        pass
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
        self._is_text = True

    def addresses(self, content: bytes) -> Iterator[str]:
        """Yield the addresses.

        Raises OSError, EOFError or zlib.error for what cannot be unpacked.
        """
        yield from self._of_elements(_opened(content))
        if self._is_text:
            yield from _lines(_opened(content))

    def _of_elements(self, stream: IO[bytes]) -> Iterator[str]:
        window = b""
        while self.size <= MAX_BYTES:
            piece = stream.read(min(PIECE, MAX_BYTES + 1 - self.size))
            if not piece:
                return
            self.size += len(piece)
            window += piece
            self._look(window)
            end = 0
            for match in LOC.finditer(window):
                end = match.end()
                yield _address(match[1])
            window = window[max(end, len(window) - LONGEST) :]

    def _look(self, window: bytes) -> None:
        self._is_text = self._is_text and b"<" not in window
        if not self.kind and (told := KIND.search(window)):
            self.kind = told[1].decode().lower()
        elif self.size == len(window) and PAGE.match(window):
            self.kind = "page"


def _opened(content: bytes) -> IO[bytes]:
    stream = io.BytesIO(content)
    is_packed = content.startswith(GZIP_MAGIC)
    return cast("IO[bytes]", gzip.GzipFile(fileobj=stream)) if is_packed else stream


def _lines(stream: IO[bytes]) -> Iterator[str]:
    """Yield the lines of a file without elements."""
    left = MAX_BYTES
    while left > 0 and (line := stream.readline(LONGEST)):
        left -= len(line)
        if address := line.decode("utf-8-sig", "replace").strip():
            yield address


def _address(written: bytes) -> str:
    said = written.decode("utf-8", "replace").strip().removesuffix("]]>").strip()
    return html.unescape(said)
