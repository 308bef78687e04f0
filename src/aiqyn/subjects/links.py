"""Where the hrefs of one page lead."""

from collections.abc import Sequence

from msgspec import Struct


class Links(Struct, frozen=True):
    """`numbers[i]` is the number in `urls` of the address `page.hrefs[i]` leads to; -1 for none."""

    numbers: Sequence[int]
    urls: Sequence[str]
