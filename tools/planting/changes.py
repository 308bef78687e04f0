"""Changes to the finished HTML of a page, whatever layout drew it."""

import re

from tools.planting.model import Change

_HREF = r'<a\b[^>]*\bhref="(?:{})[^"]*"[^>]*>(.*?)</a>'


def in_head(piece: str) -> Change:
    return lambda html: re.sub(r"(?i)</head>", lambda found: piece + found[0], html, count=1)


def after_body(piece: str) -> Change:
    return lambda html: re.sub(r"(?i)<body[^>]*>", lambda found: found[0] + piece, html, count=1)


def before_the_end(piece: str) -> Change:
    return lambda html: re.sub(r"(?i)</body>", lambda found: piece + found[0], html, count=1)


def unlinked(beginnings: str) -> Change:
    """Turn links whose address begins so (a pattern) into plain text."""
    pattern = re.compile(_HREF.format(beginnings), re.IGNORECASE | re.DOTALL)
    return lambda html: pattern.sub(r"\1", html)


def replaced(pattern: str, by: str) -> Change:
    found = re.compile(pattern, re.IGNORECASE | re.DOTALL)
    return lambda html: found.sub(by, html)
