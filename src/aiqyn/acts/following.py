"""Where the paragraphs of an act went when it was redrafted.

Every old paragraph gets one fate. A comment follows its paragraph only where the words or the
place say so; what was taken out is an orphan, however alike something else may be.
"""

from collections.abc import Sequence
from typing import Literal

import msgspec

from aiqyn.acts.following_features import features
from aiqyn.acts.following_pairs import Side, links
from aiqyn.acts.following_parts import Shares, parts
from aiqyn.acts.model import Paragraph

What = Literal["same", "renumbered", "reworded", "moved", "merged", "split", "orphan"]


class Fate(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one paragraph.

    same: words and eId as they were. renumbered: the words are the same but for the numbers of
    units they name, the eId is another. reworded: other words. moved: elsewhere in the order or
    under another unit, reworded or not. merged: part of a paragraph that took in others. split:
    in several paragraphs. orphan: taken out, or nothing says surely where it went.
    """

    old: str  # eId
    new: tuple[str, ...]  # eIds; several of a split one, none of an orphan
    what: What
    likeness: float  # 0 to 1: to the new paragraph, of a merged or split one to its share


def follow(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> tuple[Fate, ...]:
    """Return the fate of every old paragraph, in the order of the old text."""
    told = features(old, new)
    before, after = Side(old, told[0]), Side(new, told[1])
    found = links(before, after)
    shares = parts(before, after, found.pairs)
    return tuple(
        _fate(place, before, after, _Went(found.pairs, found.in_order, shares))
        for place in range(len(old))
    )


class _Went(msgspec.Struct, frozen=True):
    pairs: dict[int, int]
    in_order: frozenset[int]
    shares: Shares


def _fate(place: int, before: Side, after: Side, went: _Went) -> Fate:
    eid = before.paragraphs[place].eid
    places, share = went.shares.of(place, went.pairs)
    if not places:
        return Fate(old=eid, new=(), what="orphan", likeness=0.0)
    news = tuple(after.paragraphs[there].eid for there in places)
    if len(places) > 1:
        return Fate(old=eid, new=news, what="split", likeness=_rounded(share))
    if places[0] in went.shares.wholes:
        return Fate(old=eid, new=news, what="merged", likeness=_rounded(share))
    alike = before.alike(place, after, places[0])
    what = _what(place, places[0], before, after, went)
    return Fate(old=eid, new=news, what=what, likeness=_rounded(alike))


def _what(place: int, there: int, before: Side, after: Side, went: _Went) -> What:
    if place not in went.in_order or _has_other_parent(place, there, before, after, went):
        return "moved"
    one, two = before.features[place], after.features[there]
    is_same_place = before.paragraphs[place].eid == after.paragraphs[there].eid
    if one.key == two.key:
        return "same" if is_same_place else "renumbered"
    return "renumbered" if one.blind == two.blind and not is_same_place else "reworded"


def _has_other_parent(place: int, there: int, before: Side, after: Side, went: _Went) -> bool:
    """Whether the unit above went elsewhere than to the unit above now."""
    above, now = before.parents[place], after.parents[there]
    if above < 0 or now < 0:
        return above != now and -1 in (above, now)
    places, _ = went.shares.of(above, went.pairs)
    return bool(places) and now not in places


def _rounded(likeness: float) -> float:
    return round(min(1.0, likeness), 3)
