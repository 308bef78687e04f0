"""Versions of a page in different languages are about as long, and as recent."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from aiqyn.chain import Count, Place
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.subjects.site import PageFacts, Site, is_home
from aiqyn.subjects.traits.figures import contradictions
from aiqyn.subjects.twins import Twins, by_group, folder_of, paired_by, twins_of

_Updated = tuple[date, PageFacts]


class _Less(NamedTuple):
    """A page that says less than its twin, or something else."""

    page: PageFacts
    twin: PageFacts
    how: str
    note: str
    saw: str


def check(
    site: Site,
    *,
    languages: Sequence[str] = ("kk", "ru"),
    share: float = 0.5,
    from_characters: int = 600,
    days: int = 90,
) -> Iterator[Place | Count]:
    """Only pages written in their own language are compared; lists of news are not.

    `days` may lie between the days both versions of a section say they were updated on. Other
    days a page names tell nothing: one version may write a term out that the other leaves away.
    """
    twins = twins_of(site)
    judged: set[tuple[str, str]] = set()
    less: list[_Less] = []
    unlike: list[_Less] = []
    for one, other, how in twins.pairs(languages):
        if how == "date" or _is_list(one) or _is_list(other) or one.is_shell or other.is_shell:
            continue
        longer, shorter = sorted((one, other), key=_size, reverse=True)
        if _size(longer) >= from_characters:
            judged.add((one.url, other.url))
            if _size(shorter) < share * _size(longer):
                saw = f"{_size(shorter)} / {_size(longer)}"
                less.append(_Less(shorter, longer, how, "shorter", saw))
                continue
        unlike += _unlike(one, other, how)
        first, last = one.traits.freshness.updated, other.traits.freshness.updated
        if first and last:
            judged.add((one.url, other.url))
            less += _older((first, one), (last, other), how, days)
    if unlike and not less:
        yield from _places(twins, unlike)
        raise CannotTell("figures")
    if not judged:
        raise Inapplicable
    yield Count(good=len(judged) - len(less), of=len(judged))
    yield from _places(twins, less)


def _older(one: _Updated, other: _Updated, how: str, days: int) -> Iterator[_Less]:
    (early, old), (late, new) = sorted((one, other), key=lambda each: each[0])
    if (late - early).days > days:
        yield _Less(old, new, how, "older", f"{early} / {late}")


def _unlike(one: PageFacts, other: PageFacts, how: str) -> Iterator[_Less]:
    """Figures that differ where both versions tell the same in one order."""
    told = contradictions(one.traits.freshness.figures, other.traits.freshness.figures)
    if told:
        saw = "; ".join(f"{mine} / {theirs}" for mine, theirs in told)
        yield _Less(one, other, how, "figures", saw)


def _places(twins: Twins, less: Sequence[_Less]) -> Iterator[Place]:
    by_note: dict[str, dict[str, _Less]] = defaultdict(dict)
    for each in less:
        by_note[each.note][each.page.url] = each
    for note, pages in sorted(by_note.items(), reverse=True):
        named = (
            (f"{twins.tongue[each.page.url]}: {folder_of(each.page)}", each.page)
            for each in pages.values()
        )
        for group, page, number in by_group(named):
            told = pages[page.url]
            yield Place(
                where=paired_by(told.how),
                saw=f"{group} ({number}): {told.saw}, {told.twin.address}",
                address=page.address,
                evidence=page.sha256,
                note=note,
            )


def _size(page: PageFacts) -> int:
    return page.traits.languages.size


def _is_list(page: PageFacts) -> bool:
    """A first page or a list shows what is new; how much that is, differs by the day."""
    return is_home(page.address) or "news" in page.sections or len(page.listed) > 2
