"""Grade one data set: its passport by the rules about passports, its files by those about files."""

from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from aiqyn import rules
from aiqyn.chain import Count, Finding, Noun, Outcome, Place, Rating, prepare
from aiqyn.grading.grade import judge as judge_file
from aiqyn.grading.hiding import hidden
from aiqyn.grading.model import Stars
from aiqyn.grading.stars import stars_of
from aiqyn.regulations import Edition, Requirement
from aiqyn.scoring.engine import score
from aiqyn.scoring.methodology import methodology
from aiqyn.subjects.dataset import Dataset, Distribution
from aiqyn.subjects.licences import read_licence
from aiqyn.subjects.passport import Passport

METHODOLOGIES = ("kz-data-quality", "eu-mqa", "udata-quality")
MOST_PLACES = 20  # listed of one finding


class GradedSet(Noun, frozen=True, kw_only=True):
    """What is said of one data set on one day."""

    dataset: Dataset
    as_of: date
    regulation: str
    in_force: date
    findings: tuple[Finding, ...]  # of the passport and of every file that was read, by code
    stars: Stars | None = None  # of its best file; None when no file was read
    ratings: tuple[Rating, ...]


def grade_dataset(
    dataset: Dataset,
    *,
    edition: Edition,
    as_of: date,
    methodologies: Iterable[str] = METHODOLOGIES,
) -> GradedSet:
    """Return what `edition` says of `dataset` on the day `as_of`, and its points.

    Files are judged where `Distribution.file` says what their bytes were; personal data
    in them is masked in all that is returned.
    """
    dataset = replace(dataset, distributions=tuple(map(_masked, dataset.distributions)))
    findings = tuple(sorted(_findings(dataset, edition, as_of), key=lambda each: each.rule))
    ratings = tuple(score(dataset.id, findings, methodology(id_)) for id_ in methodologies)
    return GradedSet(
        dataset=dataset,
        as_of=as_of,
        regulation=edition.regulation,
        in_force=edition.in_force,
        findings=findings,
        stars=_best_stars(dataset),
        ratings=ratings,
    )


def _masked(each: Distribution) -> Distribution:
    return replace(each, file=hidden(each.file, MOST_PLACES)) if each.file else each


def _findings(dataset: Dataset, edition: Edition, as_of: date) -> Iterator[Finding]:
    known = rules.load()
    passport = Passport(dataset, as_of)
    files = [each.file for each in dataset.distributions if each.file]
    for requirement in edition.requires:
        kind = known[requirement.rule].kind
        if kind == "dataset":
            yield judge_dataset(passport, requirement)
        elif kind == "table":
            yield from (judge_file(file, requirement, MOST_PLACES) for file in files)


def judge_dataset(passport: Passport, requirement: Requirement) -> Finding:
    """Hold one rule against a passport; nothing is asked of a set that was withdrawn."""
    check = rules.load()[requirement.rule].check
    if check is None:
        raise TypeError(f"{requirement.rule} is a question for a person")
    found: list[Place | Count] = []
    outcome, note = Outcome.INAPPLICABLE, ""
    try:
        if not passport.dataset.withdrawn:
            found = list(check(passport, **requirement.params))
            is_broken = any(isinstance(each, Place) for each in found)
            outcome = Outcome.FAILED if is_broken else Outcome.PASSED
    except rules.Inapplicable:
        """It stays so."""
    except rules.CannotTell as doubt:
        outcome, note = Outcome.CANNOT_TELL, str(doubt)
    places = [each for each in found if isinstance(each, Place)]
    return Finding(
        rule=requirement.rule,
        outcome=outcome,
        evidence=passport.dataset.evidence,
        places=tuple(places[:MOST_PLACES]),
        more=max(0, len(places) - MOST_PLACES),
        count=next((each for each in found if isinstance(each, Count)), None),
        note=note,
    )


def _best_stars(dataset: Dataset) -> Stars | None:
    """The stars of the file that has the most."""
    graded = [
        stars_of(each.file, read_licence(each.licence or dataset.licence), each.download)
        for each in dataset.distributions
        if each.file
    ]
    return max(graded, key=lambda stars: (stars.count, stars.reach), default=None)


prepare(GradedSet)
