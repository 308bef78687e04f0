"""What changed between two editions of a methodology."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from aiqyn.chain import Noun
from aiqyn.scoring.methodology import Criterion, Indicator, Methodology


class Difference(Noun, frozen=True, kw_only=True):
    """One difference; `before` and `after` as the files write them, "" for nothing."""

    what: Literal["added", "removed", "changed"]
    place: str  # "step", "criterion open_data", "indicator 1.2, points"
    before: str = ""
    after: str = ""


OF_METHODOLOGY = (
    "in_force_from", "in_force_until", "step", "round_at", "rank_by", "total", "grade_by",
    "missing", "inapplicable",
)  # fmt: skip
OF_CRITERION = ("points", "weight", "needed", "capped", "title")
OF_INDICATOR = ("points", "measure", "rules", "cap", "only_if", "missing", "title")


def diff(old: Methodology, new: Methodology) -> list[Difference]:
    """Return every difference that can change a result or its meaning, in reading order."""
    return [
        *_fields("", old, new, OF_METHODOLOGY),
        *_bands(old, new),
        *_parts("criterion", old.criteria, new.criteria, OF_CRITERION),
        *_parts("indicator", tuple(old.indicators), tuple(new.indicators), OF_INDICATOR),
    ]


def _bands(old: Methodology, new: Methodology) -> Iterator[Difference]:
    before = ", ".join(f"{band.code} {band.at_least}" for band in old.bands)
    after = ", ".join(f"{band.code} {band.at_least}" for band in new.bands)
    if before != after:
        yield Difference(what="changed", place="bands", before=before, after=after)


def _parts(
    kind: str,
    old: tuple[Criterion, ...] | tuple[Indicator, ...],
    new: tuple[Criterion, ...] | tuple[Indicator, ...],
    names: tuple[str, ...],
) -> Iterator[Difference]:
    before, after = {part.code: part for part in old}, {part.code: part for part in new}
    for code, part in before.items():
        place = f"{kind} {code}"
        if code not in after:
            yield Difference(what="removed", place=place, before=part.title["en"])
        else:
            yield from _fields(f"{place}, ", part, after[code], names)
    for code, part in after.items():
        if code not in before:
            yield Difference(what="added", place=f"{kind} {code}", after=part.title["en"])


def _fields(prefix: str, old: Noun, new: Noun, names: tuple[str, ...]) -> Iterator[Difference]:
    for name in names:
        before, after = _written(getattr(old, name)), _written(getattr(new, name))
        if before != after:
            yield Difference(what="changed", place=prefix + name, before=before, after=after)


def _written(value: object) -> str:
    if value is None:
        return ""
    plain = msgspec.to_builtins(value)
    return plain if isinstance(plain, str) else msgspec.json.encode(plain).decode()
