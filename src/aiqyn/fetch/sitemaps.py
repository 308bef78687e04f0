"""Addresses a sitemap names (sitemaps.org): plain, gzip, an index of sitemaps, or text."""

import html
import re

from aiqyn.errors import FetchError
from aiqyn.fetch.decoding import GZIP_MAGIC, decode

# A pattern, not an XML parser: real sitemaps are often not well-formed, and
# entities defined inside a document are never expanded. It looks at no byte twice for long:
# what is opened and never closed must not be read to the end of the file again and again.
LOC = re.compile(r"<(?:\w++:)?loc\b[^<>]*+>\s*+(?:<!\[CDATA\[)?([^<]*+)</", re.IGNORECASE)
INDEX = re.compile(r"<(?:\w+:)?sitemapindex\b", re.IGNORECASE)
MAX_BYTES = 50_000_000  # sitemaps.org: 50 MB uncompressed


def addresses_in(content: bytes, url: str, *, at_most: int) -> tuple[bool, list[str]]:
    """Return (is it an index of sitemaps, addresses as written), `at_most` of them.

    Raises FetchError when gzip content is broken or a bomb.
    """
    if content.startswith(GZIP_MAGIC):
        content = decode(url, content, "gzip", max_bytes=MAX_BYTES, max_ratio=1000)
    text = content.decode("utf-8-sig", "replace")
    found: list[str] = []
    for match in LOC.finditer(text):
        if len(found) == at_most:
            break
        found.append(html.unescape(match[1].strip().removesuffix("]]>").strip()))
    if not found and "<" not in text:
        found = [line.strip() for line in text.splitlines() if line.strip()][:at_most]
    return INDEX.search(text) is not None, found


def whatever_in(content: bytes, url: str, *, at_most: int) -> tuple[bool, list[str]]:
    """The same; nothing of what is not as it says. The evidence is kept for the rules."""
    try:
        return addresses_in(content, url, at_most=at_most)
    except FetchError:
        return False, []
