"""The Kazakh and the Russian text of an act side by side, and where they do not say the same."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from aiqyn.acts.model import Act, Paragraph, paragraphs
from aiqyn.acts.pairing_divergences import Divergence, divergences, named
from aiqyn.acts.pairing_order import Sibling, aligned


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """One unit in both languages; None where a text has no such unit."""

    kk: Paragraph | None
    ru: Paragraph | None
    divergences: tuple[Divergence, ...] = ()


def pair(kk: Act, ru: Act) -> tuple[Pair, ...]:
    """Return the units of both texts side by side, in their order.

    Units are matched by kind and number within the unit above, and by their order, length and
    numbers where those do not agree. Of a missing unit with others under it, one is flagged.
    """
    return tuple(_below(_Texts(paragraphs(kk)), _Texts(paragraphs(ru)), "", ""))


class _Texts:
    """Paragraphs by the unit they stand under."""

    def __init__(self, told: Sequence[Paragraph]) -> None:
        self._below: defaultdict[str, list[Paragraph]] = defaultdict(list)
        eids = {paragraph.eid for paragraph in told}
        for paragraph in told:
            above = paragraph.eid.rpartition("__")[0]
            self._below[above if above in eids else ""].append(paragraph)

    def below(self, eid: str) -> list[Sibling]:
        """Return the units right under a unit, or those under none."""
        return [
            Sibling(paragraph, len(self._below.get(paragraph.eid, ())))
            for paragraph in self._below.get(eid, ())
        ]

    def all_below(self, eid: str) -> Iterator[Paragraph]:
        for paragraph in self._below.get(eid, ()):
            yield paragraph
            yield from self.all_below(paragraph.eid)


def _below(kk: _Texts, ru: _Texts, our_eid: str, their_eid: str) -> Iterator[Pair]:
    for one, two in aligned(kk.below(our_eid), ru.below(their_eid)):
        if one and two:
            yield Pair(kk=one, ru=two, divergences=divergences(one.text, two.text))
            yield from _below(kk, ru, one.eid, two.eid)
        else:
            yield from _alone(kk, one, "kk")
            yield from _alone(ru, two, "ru")


def _alone(text: _Texts, unit: Paragraph | None, language: Literal["kk", "ru"]) -> Iterator[Pair]:
    """Yield a unit of one language with what is under it; nothing where there is none."""
    if unit is None:
        return
    if language == "kk":
        yield Pair(kk=unit, ru=None, divergences=(named("missing_ru"),))
        yield from (Pair(kk=under, ru=None) for under in text.all_below(unit.eid))
    else:
        yield Pair(kk=None, ru=unit, divergences=(named("missing_kk"),))
        yield from (Pair(kk=None, ru=under) for under in text.all_below(unit.eid))
