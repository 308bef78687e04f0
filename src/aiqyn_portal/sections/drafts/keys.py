"""Which paragraph of a new version is which of the old one: keys that comments hang on.

Each language is followed by itself; the Kazakh text leads, the Russian one speaks where the
Kazakh paragraph is lost or missing. What comes together or apart leaves a fate behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from aiqyn.acts.following import Fate, follow
from aiqyn.acts.model import Kind, Paragraph
from aiqyn_portal.sections.drafts.coupling import Couple
from aiqyn_portal.sections.drafts.models import Paragraph as Row

NEW = "new"
ONE_TO_ONE = ("same", "renumbered", "reworded", "moved")


@dataclass(frozen=True, slots=True)
class Gone:
    """What became of an old key that did not simply live on."""

    key: int
    became: list[int]
    what: str
    likeness: float


@dataclass(slots=True)
class Keyed:
    """Keys of the new paragraphs, in their order, and what became of the others."""

    keys: list[int]
    fates: list[str]  # of each new paragraph: what happened to it, or "new"
    gone: list[Gone] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Went:
    key: int
    places: list[int]
    what: str
    likeness: float


def keyed(new: Sequence[Couple], old: Sequence[Row], first_free: int) -> Keyed:
    """Give every new couple its key; keys nobody had begin with `first_free`."""
    taken: dict[int, _Went] = {}
    rest: list[_Went] = []
    went = _went(new, old) if old else []
    for each in sorted(went, key=_surest_first):
        free = next((place for place in each.places if place not in taken), None)
        if free is None:
            rest.append(each)
            continue
        taken[free] = each
        if len(each.places) > 1:
            rest.append(each)
    keys, fates = [], []
    for place in range(len(new)):
        known = taken.get(place)
        keys.append(known.key if known else first_free)
        fates.append(known.what if known else (NEW if old else ""))
        first_free += 0 if known else 1
    gone = [
        Gone(each.key, [keys[place] for place in each.places], each.what, each.likeness)
        for each in sorted(rest, key=lambda each: each.key)
    ]
    return Keyed(keys, fates, gone)


def _surest_first(each: _Went) -> tuple[bool, bool, float, int]:
    """One to one before parts, parts before merged ones; then the likest."""
    return each.what not in ONE_TO_ONE, each.what == "merged", -each.likeness, each.key


def _went(new: Sequence[Couple], old: Sequence[Row]) -> list[_Went]:
    kazakh, russian = _fates(new, old, "kk"), _fates(new, old, "ru")
    places = {
        language: {
            getattr(couple, language).eid: place
            for place, couple in enumerate(new)
            if getattr(couple, language) is not None
        }
        for language in ("kk", "ru")
    }
    found = []
    for row in old:
        fate, language = kazakh.get(row.eid_kk), "kk"
        if fate is None or not fate.new:
            other = russian.get(row.eid_ru)
            if other is not None and other.new:
                fate, language = other, "ru"
        if fate is None:  # the new version is without this language
            found.append(_Went(row.key, [], "orphan", 0.0))
            continue
        there = list(dict.fromkeys(places[language][eid] for eid in fate.new))
        what = fate.what if len(there) > 1 or fate.what != "split" else "reworded"
        found.append(_Went(row.key, there, what, fate.likeness))
    return found


def _fates(new: Sequence[Couple], old: Sequence[Row], language: str) -> dict[str, Fate]:
    before = [_paragraph(row, language) for row in old if getattr(row, f"eid_{language}")]
    after = [each for couple in new if (each := getattr(couple, language)) is not None]
    return {fate.old: fate for fate in follow(before, after)} if before and after else {}


def _paragraph(row: Row, language: str) -> Paragraph:
    return Paragraph(
        eid=getattr(row, f"eid_{language}"),
        kind=Kind(row.kind),
        number=row.number,
        text=row.text(language),
        depth=row.depth,
        marker=getattr(row, f"marker_{language}"),
    )
