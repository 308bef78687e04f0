"""The links of one page, and where they lead."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct
from selectolax.lexbor import LexborNode


class Link(NamedTuple):
    """A link, what it is given, and its text with spaces squeezed."""

    node: LexborNode
    given: Mapping[str, str | None]
    text: str


class Links(Struct, frozen=True):
    """`numbers[i]` is the number in `urls` of the address `page.hrefs[i]` leads to; -1 for none."""

    numbers: Sequence[int]
    urls: Sequence[str]
