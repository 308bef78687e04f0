"""Where the hrefs of one page lead."""

from collections.abc import Sequence

from msgspec import Struct


class Links(Struct, frozen=True):
    """`numbers[i]` is the number in `urls` of the address `page.hrefs[i]` leads to; -1 for none."""

    numbers: Sequence[int]
    urls: Sequence[str]

    def of(self, hrefs: Sequence[str]) -> dict[str, str]:
        """Return the address of each raw href of `hrefs`, which are the page's own, in order."""
        pairs = zip(hrefs, self.numbers, strict=True)
        return {href: self.urls[number] for href, number in pairs if number >= 0}
