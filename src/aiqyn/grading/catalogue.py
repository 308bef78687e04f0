"""Grade a whole catalogue: every set by itself, and all of them added up, resumable.

What was judged is written to `FOLDER/graded.jsonl`, a line a set, so a grading that was
killed goes on with the harvest under it and forgets nothing.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from aiqyn.chain import Count, Fact, Finding, Noun, Outcome, Rating, prepare
from aiqyn.fetch.limits import Limits
from aiqyn.grading.dataset import METHODOLOGIES, GradedSet, grade_dataset
from aiqyn.grading.mean import Mean, Points, points_of
from aiqyn.harvest import Harvest, Refused, Summary, harvest
from aiqyn.harvest.door import Door
from aiqyn.harvest.file import sets_in
from aiqyn.harvest.looking import Looking
from aiqyn.regulations import Edition
from aiqyn.scoring.methodology import methodology
from aiqyn.scoring.tally import Tally
from aiqyn.subjects.dataset import Dataset

NAME = "graded.jsonl"


class Plan(Struct, frozen=True, kw_only=True):
    """How a catalogue is graded."""

    edition: Edition
    as_of: date
    methodologies: tuple[str, ...] = METHODOLOGIES
    addresses: int = 0  # distributions of a set whose addresses are asked; 0: none
    files: int = 0  # files of a set that are fetched and read; 0: none


class Line(Noun, frozen=True, kw_only=True):
    """What is kept of one graded set."""

    id: str
    ended: dict[str, tuple[Outcome, ...]]  # by rule: once for the passport, or once a file
    counts: dict[str, tuple[int, int]] = {}  # by rule: good, of
    points: dict[str, Points] = {}  # by methodology
    stars: int | None = None


class CatalogueReport(Noun, frozen=True, kw_only=True):
    """All sets of a catalogue added up."""

    summary: Summary | None = None  # of the harvest; None for a catalogue in a file
    as_of: date
    sets: int
    refused: int
    facts: tuple[Fact, ...]  # by rule
    ratings: tuple[Rating, ...]  # by methodology: the mean of the sets
    stars: dict[int, int] = {}  # how many sets have how many, where files were read

    def worst(self) -> list[Fact]:
        """Rules that most sets break, the worst first."""
        broken = [fact for fact in self.facts if fact.failed]
        return sorted(broken, key=lambda fact: (-fact.failed, fact.rule))


class CatalogueGrading:
    """One grading of one catalogue; iterate over it, then ask for its `report`."""

    def __init__(
        self, source: Harvest | Iterable[Dataset | Refused], folder: str, plan: Plan, limits: Limits
    ) -> None:
        self._source = source
        self._path = Path(folder) / NAME
        self._plan = plan
        self._limits = limits

    def __iter__(self) -> Iterator[GradedSet | Refused]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            looking = self._looking(stack)
            out = _opened(self._path, afresh=not isinstance(self._source, Harvest))
            stack.callback(os.close, out)
            for each in self._source:
                if isinstance(each, Refused):
                    os.write(out, _ENCODER.encode(_refused(each)) + b"\n")
                    yield each
                    continue
                graded = self._graded(looking.behind(each) if looking else each)
                os.write(out, _ENCODER.encode(_line(graded)) + b"\n")
                yield graded

    def _looking(self, stack: ExitStack) -> Looking | None:
        plan = self._plan
        if not plan.addresses and not plan.files:
            return None
        door = stack.enter_context(Door(self._limits))
        return Looking(door, addresses=plan.addresses, files=plan.files)

    def _graded(self, dataset: Dataset) -> GradedSet:
        plan = self._plan
        return grade_dataset(
            dataset, edition=plan.edition, as_of=plan.as_of, methodologies=plan.methodologies
        )

    def report(self) -> CatalogueReport:
        """Add up what was graded, now and before a kill.

        A rule that could be judged on some sets is judged on those; where no set could
        tell, it stays open.
        """
        tally, stars, sets, refused = Tally(), Counter[int](), 0, 0
        means = {id_: Mean(methodology(id_)) for id_ in self._plan.methodologies}
        for line in _latest(self._path):
            if not line.ended:
                refused += 1
                continue
            sets += 1
            for finding in _findings(line):
                tally.add(finding)
            for id_, mean in means.items():
                mean.add(line.points.get(id_, {}))
            if line.stars is not None:
                stars[line.stars] += 1
        facts = {rule: _settled(fact) for rule, fact in tally.facts().items()}
        return CatalogueReport(
            summary=self._source.summary if isinstance(self._source, Harvest) else None,
            as_of=self._plan.as_of,
            sets=sets,
            refused=refused,
            facts=tuple(facts[rule] for rule in sorted(facts)),
            ratings=tuple(mean.rating(facts) for mean in means.values()),
            stars=dict(sorted(stars.items())),
        )


def grade_catalogue(
    address: str, folder: str, *, plan: Plan, limits: Limits, kind: str = ""
) -> CatalogueGrading:
    """Return the grading of the catalogue at an address, or in a file.

    Iterating yields graded sets and refused records; the same call over the same folder
    goes on after a kill. Raises FetchError or InputError when no catalogue is there.
    """
    if "://" in address:
        source: Harvest | Iterable[Dataset | Refused] = harvest(
            address, folder, limits=limits, kind=kind
        )
    else:
        source = sets_in(Path(address))
    return CatalogueGrading(source, folder, plan, limits)


_DECODER = msgspec.json.Decoder(Line)
_ENCODER = msgspec.json.Encoder()


def _opened(path: Path, *, afresh: bool) -> int:
    """Open the lines for adding; a last line torn by a kill is forgotten, or all `afresh`."""
    out = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
    whole = 0 if afresh else path.read_bytes().rfind(b"\n") + 1
    os.ftruncate(out, whole)
    return out


def _line(graded: GradedSet) -> Line:
    ended: dict[str, tuple[Outcome, ...]] = {}
    counts: dict[str, tuple[int, int]] = {}
    for finding in graded.findings:
        ended[finding.rule] = (*ended.get(finding.rule, ()), finding.outcome)
        if finding.count is not None:
            good, of = counts.get(finding.rule, (0, 0))
            counts[finding.rule] = good + finding.count.good, of + finding.count.of
    stars = graded.stars.count if graded.stars else None
    points = {each.methodology: points_of(each) for each in graded.ratings}
    return Line(id=graded.dataset.id, ended=ended, counts=counts, points=points, stars=stars)


def _refused(each: Refused) -> Line:
    """A record that could not be read: known by its place, for it may have no name."""
    return Line(id=f"{each.id}\n{each.place}", ended={})


def _latest(path: Path) -> Iterator[Line]:
    """The lines, the last of each set: a kill may have graded one twice."""
    if not path.is_file():
        return
    last: dict[str, int] = {}
    for number, line in enumerate(_lines(path)):
        last[line.id] = number
    for number, line in enumerate(_lines(path)):
        if last[line.id] == number:
            yield line


def _lines(path: Path) -> Iterator[Line]:
    with path.open("rb") as file:
        yield from (_DECODER.decode(content) for content in file if content.endswith(b"\n"))


def _findings(line: Line) -> Iterator[Finding]:
    for rule, outcomes in line.ended.items():
        for number, outcome in enumerate(outcomes):
            good, of = line.counts.get(rule, (0, 0))
            count = Count(good=good, of=of) if rule in line.counts and not number else None
            yield Finding(rule=rule, outcome=outcome, count=count)


def _settled(fact: Fact) -> Fact:
    is_decided = fact.passed + fact.partly + fact.failed > 0
    return replace(fact, cannot_tell=0) if is_decided else fact


prepare(Line, CatalogueReport)
