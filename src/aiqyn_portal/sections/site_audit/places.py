"""Places of findings as a person looks for them: page by page."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from aiqyn.chain import Place
from aiqyn.text import Text
from aiqyn_portal.sections.site_audit.queries import Line

Noted = tuple[Place, Text | None]  # a place, and what is wrong there


@dataclass(frozen=True)
class SeenPage:
    """One page or document as it was read once, and the places on it."""

    address: str
    evidence: str
    places: list[Noted] = field(default_factory=list)


def by_page(places: Iterable[Noted]) -> list[SeenPage]:
    """The places of one finding, those of one page together; pages in the order they come."""
    pages: dict[tuple[str, str], SeenPage] = {}
    for place, note in places:
        key = place.address, place.evidence
        pages.setdefault(key, SeenPage(*key)).places.append((place, note))
    return list(pages.values())


@dataclass(frozen=True)
class Alike:
    """Pages on which the same is wrong, told once; `places` are those of the first."""

    pages: list[SeenPage]

    @property
    def places(self) -> list[Noted]:
        return self.pages[0].places


def alike(pages: Iterable[SeenPage]) -> list[Alike]:
    """Pages with equal remarks, and equal pictures of them, together, in the order of the first."""
    groups: dict[object, Alike] = {}
    for page in pages:
        told = [(place.note, place.saw, place.where, place.picture) for place, _ in page.places]
        key: object = tuple(told) if page.address else (page.address, page.evidence)
        groups.setdefault(key, Alike([])).pages.append(page)
    return list(groups.values())


@dataclass(frozen=True)
class Remarks:
    """Everything that is wrong on one page, rule by rule."""

    address: str
    lines: list[tuple[Line, list[SeenPage]]]

    @property
    def how_many(self) -> int:
        """Places on the page, of all rules."""
        return sum(len(page.places) for _, pages in self.lines for page in pages)


def remarks(lines: Iterable[Line], home: str) -> list[Remarks]:
    """What is wrong, page by page: the page that breaks most rules first, then most places.

    What names no page stands with `home`, the first.
    """
    found: dict[str, list[tuple[Line, list[SeenPage]]]] = {}
    for line in lines:
        if not line.is_broken:
            continue
        by_address: dict[str, list[SeenPage]] = {}
        for page in by_page(line.places):
            by_address.setdefault(page.address or home, []).append(page)
        for address, pages in by_address.items():
            found.setdefault(address, []).append((line, pages))
    told = [Remarks(address, each) for address, each in found.items()]
    return sorted(told, key=lambda each: (-len(each.lines), -each.how_many, each.address))
