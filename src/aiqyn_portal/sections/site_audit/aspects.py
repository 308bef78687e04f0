"""The expert's form: what a person is asked, what the rules say to it, and how far both agree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aiqyn import rules
from aiqyn.catalogue import read
from aiqyn.chain import Noun, Outcome
from aiqyn.scoring.agreement import Agreement, agreement
from aiqyn.text import Text
from aiqyn_portal.sections.site_audit.models import Review
from aiqyn_portal.sections.site_audit.queries import BROKEN, Line

GOOD, BAD, BOTH, NONE = "good", "bad", "both", ""


class Aspect(Noun, frozen=True, kw_only=True):
    """One thing an expert looks at."""

    title: Text
    ask: Text
    rules: tuple[str, ...] = ()  # that answer it by machine; without any only a person can


class Part(Noun, frozen=True, kw_only=True):
    """Some aspects that fit on one page of the form."""

    title: Text
    aspects: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """One aspect, seen by the machine and by a person."""

    code: str
    aspect: Aspect
    machine: str  # GOOD, BAD, BOTH or NONE
    lines: list[Line]  # what the machine's mark rests on
    person: str = NONE
    remark: str = ""

    @property
    def by_mark(self) -> list[tuple[str, list[Line]]]:
        """The rules that speak against the site, then those for it, then those that are silent."""
        marked: dict[str, list[Line]] = {BAD: [], BOTH: [], GOOD: [], NONE: []}
        for line in self.lines:
            marked[mark_of([line])].append(line)
        return [(mark, lines) for mark, lines in marked.items() if lines]

    @property
    def is_judged_by_both(self) -> bool:
        """Whether the aspect counts for the agreement."""
        return bool(self.machine and self.person)

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return self.is_judged_by_both and self.machine == self.person


@cache
def aspects() -> dict[str, Aspect]:
    """All aspects by code, in the order of the form."""
    return read(Path(__file__).with_name("aspects.yaml"), dict[str, Aspect])


@cache
def parts() -> dict[str, Part]:
    """The parts of the form by code, in their order; every aspect stands in one of them."""
    return read(Path(__file__).with_name("parts.yaml"), dict[str, Part])


def how_many_marked(marks: Mapping[str, Mapping[str, str]], among: Iterable[str]) -> int:
    """How many of the aspects have a mark; a remark alone is none."""
    return sum(bool(marks.get(code, {}).get("mark")) for code in among)


def mark_of(lines: Iterable[Line]) -> str:
    """What rules come to: all kept, all broken, some of both; nothing told is no opinion."""
    outcomes = {line.finding.outcome for line in lines}
    is_bad = any(outcome in BROKEN for outcome in outcomes)
    is_good = Outcome.PASSED in outcomes or Outcome.PARTLY in outcomes
    if is_good and is_bad:
        return BOTH
    return GOOD if is_good else BAD if is_bad else NONE


def beside(lines: Iterable[Line], marks: Mapping[str, Mapping[str, str]]) -> list[Compared]:
    """The machine's marks beside a person's `marks`, aspect by aspect."""
    by_rule: dict[str, list[Line]] = {}
    for line in lines:
        by_rule.setdefault(line.finding.rule, []).append(line)
    found = []
    for code, aspect in aspects().items():
        told = [line for rule in aspect.rules for line in by_rule.get(rule, [])]
        said = marks.get(code, {})
        found.append(
            Compared(
                code=code,
                aspect=aspect,
                machine=mark_of(told),
                lines=told,
                person=said.get("mark", NONE),
                remark=said.get("remark", ""),
            )
        )
    return found


def agreed(compared: Iterable[Compared]) -> Agreement:
    """Cohen's weighted kappa over the aspects both have judged: BOTH agrees with either by half.

    The machine says BOTH as soon as one of many rules is broken, so that classes without an
    order would call nearly every aspect a disagreement.
    """
    pairs = ((each.machine, each.person) for each in compared if each.is_judged_by_both)
    return agreement(pairs, order=(BAD, BOTH, GOOD))


def judged_alone(compared: Iterable[Compared]) -> dict[str, int]:
    """How many aspects only the person, and only the machine had an opinion on."""
    given = [(bool(each.person), bool(each.machine)) for each in compared]
    return {"person": given.count((True, False)), "machine": given.count((False, True))}


def published_reviews(audit: int) -> list[Review]:
    """The experts' published forms on one audit, the oldest first."""
    found = Review.objects.filter(audit=audit, published_at__isnull=False)
    return list(found.order_by("published_at", "pk"))


def unknown_rules() -> set[str]:
    """Rules the form names that the catalogue does not have: a mistake of ours."""
    named = {rule for aspect in aspects().values() for rule in aspect.rules}
    return named - rules.load().keys()
