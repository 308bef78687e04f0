"""The site spells the name of its body as the registry does, in each language."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.groups import told
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
    spelling = {code: Spelling(name) for code, name in site.about.names.items()}
    tongue = twins_of(site).tongue
    first = {page.url for page in site.first_pages}
    wrong: dict[tuple[str, str, str], list[PageFacts]] = {}
    pages = sorted(site.pages, key=lambda page: (page.url not in first, page.depth, page.address))
    for page in pages:
        known = spelling.get(tongue[page.url])
        if known is None:
            continue
        slips = (slip for text in _said(page) for slip in known.slips(text))
        for slip in dict.fromkeys(slips):
            wrong.setdefault((tongue[page.url], *slip), []).append(page)
    if not wrong and not any(known.is_named for known in spelling.values()):
        raise Inapplicable
    for (language, was, ought), found in wrong.items():
        saw = f"{language}: «{was}» → «{ought}»"
        yield Place(
            where="header",
            saw=told(saw, [page.address for page in found]) or saw,
            address=found[0].address,
            evidence=found[0].sha256,
            note="misspelt",
        )


class Spelling:
    """The name in one language; texts and words that stand on page after page are read once."""

    def __init__(self, name: str) -> None:
        self.name = _WORD.findall(_plain(name))
        self.is_named = False  # whether any word of it was met
        self._texts: dict[str, list[tuple[str, str]]] = {}
        self._right: dict[str, str] = {}  # by misspelt word; "" for another one

    def slips(self, text: str) -> list[tuple[str, str]]:
        """Return misspelt words with the right ones."""
        if text not in self._texts:
            written = _WORD.findall(_plain(text))
            doubted = [word for word in written if self._right_of(word)]
            self._texts[text] = list(_slips(self.name, written)) if doubted else []
        return self._texts[text]

    def _right_of(self, word: str) -> str:
        right = self._right.get(word)
        if right is None:
            right = next((each for each in self.name if _is_slip(word, each)), "")
            self._right[word] = right
            self.is_named = self.is_named or any(_is_form(word, each) for each in self.name)
        return right


def _said(page: PageFacts) -> tuple[str, ...]:
    """What the page says of its site: the title, the header and the footer, the heading."""
    words = page.traits.words
    names = " … ".join((page.title, *page.traits.wayfinding.names))
    return tuple(filter(None, (f"{names} … {words.edges}", words.heading, words.foot)))


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
