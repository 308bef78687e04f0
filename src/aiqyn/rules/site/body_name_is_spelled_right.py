"""The site spells the name of its body as the registry does, in each language."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.twins import twins_of

NEAR = 5  # words on either side among which another word of the name must stand
ENDING = 3  # last letters of a word that its case may change
LEAST = 4  # letters of a word that can be misspelt
AFTER = 2  # letters after a slip by which the word is known again
_WORD = re.compile(r"[^\W\d_]{4,}")


def check(site: Site) -> Iterator[Place]:
    """A word is held against the site only beside another word of the name, rightly spelt."""
    if not site.about.names:
        raise Inapplicable
    tongue = twins_of(site).tongue
    judged = 0
    wrong: dict[tuple[str, str, str], PageFacts] = {}
    for page in sorted(site.first_pages, key=lambda page: page.address):
        name = _WORD.findall(_plain(site.about.names.get(tongue[page.url], "")))
        written = _WORD.findall(_plain(_said(page)))
        judged += any(_is_form(word, right) for right in name for word in written)
        for slip in _slips(name, written):
            wrong.setdefault((tongue[page.url], *slip), page)
    if not judged and not wrong:
        raise Inapplicable
    for (language, was, ought), page in wrong.items():
        yield Place(
            where="header",
            saw=f"{language}: «{was}» → «{ought}»",
            address=page.address,
            evidence=page.sha256,
            note="misspelt",
        )


def _said(page: PageFacts) -> str:
    names = " … ".join((page.title, *page.traits.wayfinding.names))
    return f"{names} … {page.traits.words.edges}"


def _slips(name: list[str], written: list[str]) -> Iterator[tuple[str, str]]:
    """Yield misspelt words with the right ones."""
    for place, word in enumerate(written):
        right = next((each for each in name if _is_slip(word, each)), "")
        around = written[max(0, place - NEAR) : place + NEAR + 1]
        others = [each for each in name if each != right]
        if right and any(_is_form(near, each) for near in around for each in others):
            yield word, right


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")


def _is_form(word: str, right: str) -> bool:
    """Whether one is the other in another case: alike but for the ending."""
    stem = max(LEAST, min(len(word), len(right)) - ENDING)
    return word[:stem] == right[:stem]


def _is_slip(word: str, right: str) -> bool:
    """Whether a letter was changed, left out, put in or swapped, the name's ending aside."""
    start = next((n for n, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), 0)
    if not start:
        return False
    return any(
        _goes_on(word, right, start, end)
        for end in range(len(right) - 2, len(right) + 1)
        if end - start > AFTER
    )


def _goes_on(word: str, right: str, start: int, end: int) -> bool:
    """Whether `word` says what `right` has up to `end`, but for one slip at `start`."""
    rest = right[start + 1 : end]
    swapped = right[start : start + 2][::-1] + right[start + 2 : end]
    changed = word[start + 1 :].startswith(rest)
    left_out = word[start:].startswith(rest)
    put_in = word[start + 1 :].startswith(right[start:end])
    return changed or left_out or put_in or word[start:].startswith(swapped)
