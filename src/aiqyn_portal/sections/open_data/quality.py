"""What the rules say of published sets, what that is worth, and what to repair first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import msgspec
from django.conf import settings
from msgspec.structs import replace

from aiqyn import rules
from aiqyn.chain import Finding, Outcome, Rating
from aiqyn.grading.dataset import METHODOLOGIES, judge_dataset
from aiqyn.grading.grade import REGULATION
from aiqyn.grading.mean import Mean, points_of
from aiqyn.regulations import edition_on
from aiqyn.scoring.engine import recommend, score
from aiqyn.scoring.methodology import methodology
from aiqyn.scoring.tally import Tally
from aiqyn.subjects.dataset import Dataset as Noun
from aiqyn.subjects.passport import Passport
from aiqyn_portal.base.drawn import Kept
from aiqyn_portal.sections.open_data import queries
from aiqyn_portal.sections.open_data.models import Dataset, File
from aiqyn_portal.sections.open_data.nouns import as_dataset, as_grade

KEPT = 4096  # judged sets of a process: a few KB each
Gains = Mapping[str, Mapping[str, Decimal]]  # rule → methodology → points


@dataclass(frozen=True, slots=True)
class Judged:
    """One set on one day."""

    findings: tuple[Finding, ...]  # of the passport and of every file, by code
    ratings: tuple[Rating, ...]  # in the order of METHODOLOGIES
    gains: Gains  # points the set would gain if the rule were kept

    @property
    def broken(self) -> set[str]:
        """Codes of rules that are not kept."""
        return {each.rule for each in self.findings if each.outcome is Outcome.FAILED}


kept: Kept[Judged] = Kept(KEPT)  # by the rows a page of a set rests on


class Repair(NamedTuple):
    """A rule some sets of a body break."""

    rule: rules.Rule
    sets: list[Dataset]
    gains: list[tuple[str, Decimal]]  # (methodology, points the mean of the body's sets gains)


@dataclass(frozen=True, slots=True)
class Together:
    """The sets of a body, added up."""

    sets: int
    ratings: tuple[Rating, ...]
    repairs: list[Repair]  # what is worth most comes first


def judged(row: Dataset, day: date) -> Judged:
    """Judge the newest version of a set as things stand on `day`.

    `row` comes with body, newest, its files and their dictionary (nouns.WITH_EVERYTHING).
    """
    noun = as_dataset(row, origin=settings.PUBLIC_ADDRESS)
    files = row.newest.files.all() if row.newest else ()
    read = tuple((file.pk, file.sha256) for file in files if file.state == File.State.READ)
    return _judged(msgspec.json.encode(noun), read, day)


def judged_as(standing: queries.Standing, day: date) -> Judged:
    """The same of the rows a set's page rests on: while these are equal, so is the judgement."""
    rows = standing.of("file", "column", "version")
    key = (standing.pk, standing.passport, rows, day)
    return kept.get(key, lambda: judged(queries.judgeable().get(pk=standing.pk), day))


@lru_cache(maxsize=KEPT)
def _judged(passport: bytes, read: tuple[tuple[int, str], ...], day: date) -> Judged:
    """All that is judged stands in the arguments: the passport, and files by their digests."""
    noun = msgspec.json.decode(passport, type=Noun)
    graded = {
        str(file.pk): as_grade(file) for file in File.objects.filter(pk__in=[pk for pk, _ in read])
    }
    grades = [graded.get(each.id) for each in noun.distributions]
    with_files = [
        replace(each, file=grade.file if grade else None)
        for each, grade in zip(noun.distributions, grades, strict=True)
    ]
    subject = Passport(replace(noun, distributions=tuple(with_files)), day)
    known = rules.load()
    found = [
        judge_dataset(subject, requirement)
        for requirement in edition_on(REGULATION, day).requires
        if known[requirement.rule].kind == "dataset"
    ]
    found += [each for grade in grades if grade for each in grade.findings if each.rule in known]
    found.sort(key=lambda each: each.rule)
    ratings = tuple(score(noun.id, found, methodology(id_)) for id_ in METHODOLOGIES)
    return Judged(tuple(found), ratings, _gains(ratings))


def _gains(ratings: Iterable[Rating]) -> dict[str, dict[str, Decimal]]:
    gains: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for rating in ratings:
        for each in recommend(rating, methodology(rating.methodology)):
            of_rule = gains[each.rule]
            of_rule[rating.methodology] = of_rule.get(rating.methodology, Decimal()) + each.gain
    return dict(gains)


def together(sets: Sequence[Dataset], day: date) -> Together:
    """Add up sets; a rating of many is the mean of the sets, indicator by indicator."""
    tally = Tally()
    means = {id_: Mean(methodology(id_)) for id_ in METHODOLOGIES}
    breaking: defaultdict[str, list[Dataset]] = defaultdict(list)
    gains: defaultdict[str, dict[str, Decimal]] = defaultdict(dict)
    for row in sets:
        one = judged(row, day)
        for finding in one.findings:
            tally.add(finding)
        for rating in one.ratings:
            means[rating.methodology].add(points_of(rating))
        for rule in one.broken:
            breaking[rule].append(row)
            for id_, points in one.gains.get(rule, {}).items():
                gains[rule][id_] = gains[rule].get(id_, Decimal()) + points
    facts = tally.facts()
    return Together(
        sets=len(sets),
        ratings=tuple(mean.rating(facts) for mean in means.values()) if sets else (),
        repairs=_repairs(breaking, gains, len(sets)),
    )


def _repairs(breaking: Mapping[str, list[Dataset]], gains: Gains, of: int) -> list[Repair]:
    known = rules.load()
    repairs = [
        Repair(
            known[rule],
            rows,
            [(id_, gains[rule][id_] / of) for id_ in METHODOLOGIES if id_ in gains[rule]],
        )
        for rule, rows in breaking.items()
    ]
    return sorted(repairs, key=lambda each: (-weight(dict(each.gains)), each.rule.code))


def weight(gains: Mapping[str, Decimal]) -> Decimal:
    """How much a repair is worth over all methodologies, each counted as a whole of one."""
    shares = (points / (full_of(id_) or 1) for id_, points in gains.items())
    return sum(shares, Decimal())


def full_of(id_: str) -> Decimal:
    """Points a set can have at most by a methodology."""
    return sum((each.points or Decimal() for each in methodology(id_).criteria), Decimal())
