"""What a section measures of a body: a rule of the catalogue, its numbers, and what fell short.

The same measure is shown on pages and told to the evaluation, so both say one thing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.urls import reverse

from aiqyn import rules
from aiqyn.chain import Count, Finding, Outcome, Place
from aiqyn.text import Text

MOST_PLACES = 50  # of one finding, and on a page
YEAR = 365  # days a body's page looks back
YEARS = 4  # that may be asked for
NOTHING = Text({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Short:
    """One thing that fell short; nothing of citizens in it."""

    where: str  # "№ 2026-000123", the title of a draft in Kazakh
    saw: str = ""
    address: str = ""  # of its own public page, the same whoever asks
    title: Text | None = None  # what pages say instead of `where`, in the reader's language
    page: tuple[Any, ...] = ()  # where pages lead instead of `address`: a view and its arguments

    @property
    def href(self) -> str:
        """Its own public page in the reader's language."""
        return reverse(self.page[0], args=self.page[1:]) if self.page else self.address


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One rule held against a body's work of a period."""

    code: str  # of the rule: "H146"
    good: int
    of: int  # never 0: what has no cases is not measured
    short: tuple[Short, ...] = ()
    value: Decimal | None = None  # a number beside the share: days, people
    said: str = ""  # that number in words, for pages
    outcome: Outcome | None = None  # None: passed when all is good, else failed

    @property
    def title(self) -> Text:
        return rules.load()[self.code].text.title

    @property
    def fix(self) -> Text:
        return rules.load()[self.code].text.fix

    @property
    def counted(self) -> Text:
        """How it is counted, with an example."""
        return rules.load()[self.code].text.notes.get("counted", NOTHING)

    @property
    def percent(self) -> float:
        return 100 * self.good / self.of

    @property
    def bad(self) -> int:
        return self.of - self.good

    @property
    def bad_percent(self) -> float:
        return 100 * self.bad / self.of

    @property
    def shown(self) -> tuple[Short, ...]:
        """What fell short, as many as a page or a finding lists."""
        return self.short[:MOST_PLACES]

    @property
    def more(self) -> int:
        return max(0, len(self.short) - MOST_PLACES)

    def finding(self, evidence: str) -> Finding:
        """The measure as the evaluation takes it; `evidence` is what it was counted from."""
        kept = Outcome.PASSED if self.good == self.of else Outcome.FAILED
        return Finding(
            rule=self.code,
            outcome=self.outcome or kept,
            evidence=evidence,
            places=tuple(_places(self.shown, evidence)),
            more=self.more,
            count=Count(good=self.good, of=self.of),
            value=self.value,
        )


def graded(good: int, of: int) -> Outcome:
    """All good: passed; half or more: partly; else failed."""
    if good == of:
        return Outcome.PASSED
    return Outcome.PARTLY if 2 * good >= of else Outcome.FAILED


def _places(shorts: Iterable[Short], evidence: str) -> Iterable[Place]:
    for each in shorts:
        yield Place(where=each.where, saw=each.saw, address=each.address, evidence=evidence)


class Span(NamedTuple):
    """The days a page counts over, both included; `year` is 0 for the last twelve months."""

    since: date
    until: date
    year: int = 0


def span(asked: str, today: date) -> Span:
    """The year asked for, as far as it has come; else the last twelve months."""
    year = int(asked) if asked in map(str, years(today)) else 0
    if not year:
        return Span(today - timedelta(days=YEAR), today)
    return Span(date(year, 1, 1), min(date(year, 12, 31), today), year)


def years(today: date) -> list[int]:
    """Years a page offers, the newest first."""
    return list(range(today.year, today.year - YEARS, -1))
