"""What a published table claims about itself: a closed set, held against its figures.

A claim is data in the description of the table; it says which columns belong
together. Checking yields `Slip`s: what does not follow, where, and by how much.
All arithmetic is exact; nothing is rounded more often than the source rounded.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from aiqyn.chain import Noun
from aiqyn.scoring.exact import cut, decimals, plain, rounded
from aiqyn.scoring.measure import need


class Line(NamedTuple):
    """One row of a table as the claims see it."""

    line: int
    key: str
    body: str
    numbers: dict[str, Decimal]


Figures = Sequence[Line]


class Slip(NamedTuple):
    """One thing that does not follow; `code` names its phrase."""

    code: str
    place: str
    printed: str = ""
    computed: str = ""
    key: str = ""  # of the row; "" when it speaks of the table
    column: str = ""
    figures: dict[str, str] = {}
    holds: bool = False  # a figure that was checked and found right


class Claim(Noun, frozen=True, kw_only=True, tag_field="is"):
    """Base of the closed set."""

    def columns(self) -> list[str]:
        """Return the columns the claim reads."""
        raise NotImplementedError

    def check(self, figures: Figures) -> Iterator[Slip]:
        """Yield what does not follow."""
        raise NotImplementedError


def _place(line: Line, column: str) -> str:
    return f"line {line.line}, column {column}"


def _sum(line: Line, columns: Sequence[str]) -> Decimal:
    return sum((line.numbers[c] for c in columns if c in line.numbers), Decimal(0))


class Sum(Claim, frozen=True, kw_only=True, tag="sum"):
    """The columns of a row add up to its total; an empty cell adds nothing."""

    of: tuple[str, ...]
    gives: str

    def columns(self) -> list[str]:
        return [*self.of, self.gives]

    def check(self, figures: Figures) -> Iterator[Slip]:
        for line in figures:
            printed = line.numbers.get(self.gives)
            computed = _sum(line, self.of)
            if printed is not None and printed != computed:
                yield Slip(
                    "sum_does_not_follow",
                    _place(line, self.gives),
                    plain(printed),
                    plain(computed),
                    line.key,
                    self.gives,
                )


class PrintedMaxima(Claim, frozen=True, kw_only=True, tag="printed_maxima"):
    """No figure is over the maximum its header prints; the maxima add up to `whole`."""

    of: dict[str, Decimal]  # column → maximum as printed
    right: dict[str, Decimal]  # column → maximum as the rest of the source has it
    whole: Decimal

    def columns(self) -> list[str]:
        return [*self.of, *self.right]

    def check(self, figures: Figures) -> Iterator[Slip]:
        for column, maximum in self.of.items():
            over = [line for line in figures if line.numbers.get(column, maximum) > maximum]
            if over:
                highest = max(over, key=lambda line: line.numbers[column])
                yield Slip(
                    "over_printed_maximum",
                    _place(highest, column),
                    plain(maximum),
                    plain(self.right.get(column, highest.numbers[column])),
                    column=column,
                    figures={
                        "rows": str(len(over)),
                        "all": str(len(figures)),
                        "highest": plain(highest.numbers[column]),
                    },
                )
        used = [c for c in self.of if any(c in line.numbers for line in figures)]
        total = sum((self.of[c] for c in used), Decimal(0))
        if total != self.whole:
            yield Slip("maxima_do_not_add_up", "line 1", plain(total), plain(self.whole))


class WithData(Claim, frozen=True, kw_only=True, tag="with_data"):
    """Each criterion has figures; a criterion without a column is named by its title."""

    of: tuple[str, ...] = ()
    without_column: tuple[str, ...] = ()  # columns of `description.absent`

    def columns(self) -> list[str]:
        return [*self.of]

    def check(self, figures: Figures) -> Iterator[Slip]:
        for column in self.of:
            if not any(column in line.numbers for line in figures):
                yield Slip("column_without_data", f"column {column}", column=column)
        for column in self.without_column:
            yield Slip("criterion_without_column", "line 1", column=column)


class Ranked(Claim, frozen=True, kw_only=True, tag="ranked"):
    """Places follow the figures, and equal figures share a place."""

    place: str
    by: str

    def columns(self) -> list[str]:
        return [self.place, self.by]

    def check(self, figures: Figures) -> Iterator[Slip]:
        lines = [line for line in figures if self.place in line.numbers and self.by in line.numbers]
        lines.sort(key=lambda line: (-line.numbers[self.by], line.numbers[self.place]))
        best = 1
        for _, group in groupby(lines, key=lambda line: line.numbers[self.by]):
            tied = list(group)
            if len(tied) > 1 and len({line.numbers[self.place] for line in tied}) > 1:
                yield self._apart(tied, best)
            elif any(line.numbers[self.place] != best for line in tied):
                yield self._misplaced(tied[0], best)
            best += len(tied)

    def _apart(self, tied: list[Line], best: int) -> Slip:
        return Slip(
            "tie_numbered_apart",
            _place(tied[-1], self.place),
            ", ".join(plain(line.numbers[self.place]) for line in tied),
            str(best),
            column=self.by,
            figures={
                "keys": "\n".join(line.key for line in tied),
                "figure": plain(tied[0].numbers[self.by]),
            },
        )

    def _misplaced(self, line: Line, best: int) -> Slip:
        printed = plain(line.numbers[self.place])
        return Slip(
            "place_does_not_follow",
            _place(line, self.place),
            printed,
            str(best),
            line.key,
            self.place,
        )


class Average(Claim, frozen=True, kw_only=True, tag="average"):
    """The printed mean is that of the column, and of the sums the column should hold."""

    of: str
    printed: Decimal
    sums: tuple[str, ...] = ()

    def columns(self) -> list[str]:
        return [self.of, *self.sums]

    def check(self, figures: Figures) -> Iterator[Slip]:
        step = decimals(self.printed)
        lines = [line for line in figures if self.of in line.numbers]
        mean = rounded(_mean([line.numbers[self.of] for line in lines]), step)
        code = "average_holds" if mean == self.printed else "average_does_not_follow"
        yield Slip(
            code,
            f"column {self.of}",
            plain(self.printed),
            plain(mean),
            column=self.of,
            holds=mean == self.printed,
        )
        if self.sums:
            right = rounded(_mean([_sum(line, self.sums) for line in lines]), step)
            if right != mean:
                yield Slip(
                    "average_rests_on_a_wrong_total",
                    f"column {self.of}",
                    plain(self.printed),
                    plain(right),
                    column=self.of,
                )


class Pair(Noun, frozen=True, kw_only=True):
    """One criterion that both rounds share, with its maxima."""

    before: str
    before_of: Decimal
    after: str
    after_of: Decimal

    def __post_init__(self) -> None:
        need(self.before_of > 0 and self.after_of > 0, "a maximum must be over zero")


class Growth(Claim, frozen=True, kw_only=True, tag="growth"):
    """The claimed growth of the mean, held against the criteria both rounds share.

    Shares are in percent of the common maxima, changes in percentage points,
    both to one decimal.
    """

    before: str
    after: str
    claimed: Decimal
    common: tuple[Pair, ...]

    def columns(self) -> list[str]:
        return [self.before, self.after, *(c for p in self.common for c in (p.before, p.after))]

    def check(self, figures: Figures) -> Iterator[Slip]:
        tenth = Decimal("0.1")
        shares = [(line, *self._shares(line)) for line in figures if self._full(line)]
        before = _mean([share for _, share, _ in shares])
        after = _mean([share for _, _, share in shares])
        fallen = [(line, b, a) for line, b, a in shares if a < b]
        yield Slip(
            "growth_is_not_like_for_like",
            f"columns {self.before}, {self.after}",
            plain(self.claimed),
            plain(rounded(after - before, tenth)),
            column=self.after,
            figures={
                "before": str(rounded(before, tenth)),
                "after": str(rounded(after, tenth)),
                "fallen": str(len(fallen)),
                "keys": "\n".join(line.key for line, _, _ in fallen),
            },
        )
        for line, b, a in fallen:
            yield Slip(
                "fell_like_for_like",
                _place(line, self.after),
                plain(line.numbers[self.after] - line.numbers[self.before]),
                plain(rounded(a - b, tenth)),
                line.key,
                self.after,
                {"before": str(rounded(b, tenth)), "after": str(rounded(a, tenth))},
            )

    def _full(self, line: Line) -> bool:
        return all(column in line.numbers for column in self.columns())

    def _shares(self, line: Line) -> tuple[Fraction, Fraction]:
        before = _sum(line, [pair.before for pair in self.common])
        after = _sum(line, [pair.after for pair in self.common])
        before_of = sum((pair.before_of for pair in self.common), Decimal(0))
        after_of = sum((pair.after_of for pair in self.common), Decimal(0))
        return 100 * Fraction(before) / Fraction(before_of), 100 * Fraction(after) / Fraction(
            after_of
        )


class Quotient(Claim, frozen=True, kw_only=True, tag="quotient"):
    """`gives` = `times` × `part` ÷ the sum of `whole`, rounded to its printed decimals."""

    gives: str
    part: str
    whole: tuple[str, ...]
    times: Decimal = Decimal(1)

    def columns(self) -> list[str]:
        return [self.gives, self.part, *self.whole]

    def check(self, figures: Figures) -> Iterator[Slip]:
        for line in figures:
            if all(column in line.numbers for column in self.columns()):
                yield from self._check(line)

    def _check(self, line: Line) -> Iterator[Slip]:
        printed, whole = line.numbers[self.gives], _sum(line, self.whole)
        place = _place(line, self.gives)
        if not whole:
            yield Slip("division_by_zero", place, plain(printed), "", line.key, self.gives)
            return
        exact = Fraction(self.times) * Fraction(line.numbers[self.part]) / Fraction(whole)
        step = decimals(printed)
        computed = rounded(exact, step)
        if computed != printed:
            truncated = printed == cut(exact, step)
            code = "truncated_not_rounded" if truncated else "quotient_does_not_follow"
            finer = plain(rounded(exact, step / 100))
            yield Slip(
                code,
                place,
                plain(printed),
                plain(computed),
                line.key,
                self.gives,
                {"exact": finer},
            )


AnyClaim = Sum | PrintedMaxima | WithData | Ranked | Average | Growth | Quotient


def _mean(values: Sequence[Decimal | Fraction]) -> Fraction:
    return sum((Fraction(value) for value in values), Fraction(0)) / max(1, len(values))
