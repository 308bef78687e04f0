"""Worked cases of a methodology: answers in, points and degree out. They are its tests."""

from collections.abc import Iterator
from decimal import Decimal
from importlib.resources.abc import Traversable

from aiqyn.catalogue import read
from aiqyn.chain import Count, Finding, Noun, Outcome
from aiqyn.scoring.methodology import FOLDER
from aiqyn.scoring.tally import STATED


class Answers(Noun, frozen=True, kw_only=True):
    """The findings of one body, written short."""

    outcomes: dict[str, tuple[Outcome, ...]] = {}  # by rule
    counts: dict[str, tuple[int, int]] = {}  # by rule: good, of
    values: dict[str, tuple[Decimal, ...]] = {}  # by rule
    stated: dict[str, Decimal] = {}  # by criterion: a published figure

    def findings(self) -> Iterator[Finding]:
        """Yield the findings meant."""
        for rule, outcomes in self.outcomes.items():
            for outcome in outcomes:
                yield Finding(rule=rule, outcome=outcome)
        for rule, (good, of) in self.counts.items():
            outcome = Outcome.PASSED if good == of else Outcome.FAILED
            yield Finding(rule=rule, outcome=outcome, count=Count(good=good, of=of))
        for rule, values in self.values.items():
            for value in values:
                yield Finding(rule=rule, outcome=Outcome.PASSED, value=value)
        for code, value in self.stated.items():
            yield Finding(rule=STATED + code, outcome=Outcome.PASSED, value=value)


class Case(Noun, frozen=True, kw_only=True):
    """One worked example; `points` as the methodology prints them."""

    name: str
    given: Answers = Answers()
    others: tuple[Answers, ...] = ()  # the other bodies, where bodies are compared
    points: Decimal | None
    max_points: Decimal | None = None  # checked when given
    grade: str = ""
    why: str = ""
    criteria: dict[str, Decimal | None] = {}  # checked when given
    indicators: dict[str, Decimal | None] = {}  # checked when given
    source: str = ""


def cases(id: str) -> list[Case]:  # noqa: A002 — the word used everywhere for it
    """Read the worked cases of one of our methodologies."""
    return cases_in(FOLDER / id)


def cases_in(folder: Traversable) -> list[Case]:
    """Read the worked cases in any folder; raises CatalogueError with file and path."""
    return read(folder / "cases.yaml", list[Case])
