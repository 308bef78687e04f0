"""The site spells the name of its body as the registry does, in each language."""

import re
from collections.abc import Iterator

from aiqyn.chain import Place
from aiqyn.rules import Inapplicable
from aiqyn.subjects.site import PageFacts, Site
from aiqyn.subjects.twins import twins_of

ALIKE = 0.6  # share of the name's words a text needs to be that name
ENDING = 3  # last letters of a word that its case may change
LEAST = 4  # letters of a word that can be misspelt
_WORD = re.compile(r"[^\W\d_]+")


def check(site: Site) -> Iterator[Place]:
    """Only what is nearly the name is held against it: other names a header has are let be."""
    if not site.about.names:
        raise Inapplicable
    tongue = twins_of(site).tongue
    judged, wrong = 0, {}
    for page in sorted(site.first_pages, key=lambda page: page.address):
        name = site.about.names.get(tongue[page.url], "")
        for written in _written(page) if name else ():
            slips = _slips(name, written)
            if slips is not None:
                judged += 1
            for slip in slips or ():
                wrong.setdefault((tongue[page.url], *slip), page)
    if not judged:
        raise Inapplicable
    for (language, was, ought), page in wrong.items():
        yield Place(
            where="header",
            saw=f"{language}: «{was}» → «{ought}»",
            address=page.address,
            evidence=page.sha256,
            note="misspelt",
        )


def _written(page: PageFacts) -> tuple[str, ...]:
    return (page.title, *page.traits.wayfinding.names)


def _slips(name: str, written: str) -> list[tuple[str, str]] | None:
    """Return misspelt words of `written` with the right ones; None when it is another name."""
    words = [word for word in _WORD.findall(_plain(written)) if len(word) >= LEAST]
    found, slips = 0, []
    rights = [word for word in _WORD.findall(_plain(name)) if len(word) >= LEAST]
    for right in rights:
        if any(_is_form(word, right) for word in words):
            found += 1
        elif slip := next((word for word in words if _is_slip(word, right)), ""):
            slips.append((slip, right))
    is_it = rights and found + len(slips) >= ALIKE * len(rights) and found >= len(slips)
    return slips if is_it else None


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")


def _is_form(word: str, right: str) -> bool:
    """Whether one is the other in another case: alike but for the ending."""
    stem = max(LEAST, min(len(word), len(right)) - ENDING)
    return word[:stem] == right[:stem]


def _is_slip(word: str, right: str) -> bool:
    """Whether one letter was changed, left out, put in or swapped, before the ending."""
    if abs(len(word) - len(right)) > 1 or len(right) < LEAST + 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(word, right, strict=False)) if a != b), 0)
    tails = (
        (word[start + 1 :], right[start + 1 :]),
        (word[start:], right[start + 1 :]),
        (word[start + 1 :], right[start:]),
        (word[start + 2 :], right[start + 2 :]),
    )
    return any(one == other for one, other in tails[:3]) or (
        tails[3][0] == tails[3][1] and word[start : start + 2] == right[start : start + 2][::-1]
    )
