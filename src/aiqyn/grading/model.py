"""What grading says of one file."""

from datetime import date

from aiqyn.chain import Finding, Noun, Outcome, prepare
from aiqyn.subjects.datafile.model import DataFile
from aiqyn.subjects.licences import Licence


class Step(Noun, frozen=True, kw_only=True):
    """One of the five stars by itself, whatever became of those before it."""

    star: int  # 1–5
    outcome: Outcome  # passed, failed or cannot tell
    note: str = ""  # what is missing: a key of stars.yaml
    saw: str = ""  # what that rests on: a licence, a format, a number of links


class Stars(Noun, frozen=True, kw_only=True):
    """The five stars, computed: a star counts when all before it do."""

    count: int  # 0–5
    reach: int  # how many there would be once the missing step is made; `count` when none is
    steps: tuple[Step, ...]

    @property
    def missing(self) -> Step | None:
        """The step that keeps the next star away; None with five stars."""
        return next((step for step in self.steps if step.outcome is not Outcome.PASSED), None)


class Grade(Noun, frozen=True, kw_only=True):
    """All that is said of one file on one day by one edition of the requirements."""

    file: DataFile  # its troubles without spots: findings have the places
    licence: Licence
    address: str = ""  # on the web; "" when not said
    regulation: str
    in_force: date
    as_of: date
    stars: Stars
    findings: tuple[Finding, ...]  # one per rule of the edition about files, by code
    personal: dict[str, int] = {}  # kinds of personal data and how many places have them

    @property
    def holds(self) -> bool:
        """Whether an officer has to decide before this is published."""
        return bool(self.personal)

    @property
    def is_good(self) -> bool:
        """Whether nothing failed; what nobody could tell does not count."""
        return all(finding.outcome is not Outcome.FAILED for finding in self.findings)


prepare(Grade)
