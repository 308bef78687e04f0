"""All findings of one body, added up per rule; their order does not matter."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from aiqyn.chain import Count, Fact, Finding, Outcome
from aiqyn.errors import ScoringError
from aiqyn.scoring.exact import finite

STATED = "stated:"

_PLACE = {
    Outcome.PASSED: 0,
    Outcome.PARTLY: 1,
    Outcome.FAILED: 2,
    Outcome.INAPPLICABLE: 3,
    Outcome.CANNOT_TELL: 4,
}


class Tally:
    """A running sum of findings: five outcomes, two counts and the numbers, per rule."""

    __slots__ = ("_rules",)

    def __init__(self) -> None:
        self._rules: dict[str, tuple[list[int], list[Decimal]]] = {}

    def add(self, finding: Finding) -> None:
        """Add one finding.

        Raises ScoringError for an impossible count or number, naming rule and place.
        """
        known = self._rules.get(finding.rule)
        if known is None:
            known = self._rules[finding.rule] = ([0] * 7, [])
        sums, values = known
        sums[_PLACE[finding.outcome]] += 1
        if finding.count is not None:
            good, of = _possible(finding, finding.count)
            sums[5] += good
            sums[6] += of
        if finding.value is not None:
            values.append(finite(finding.value, place_of(finding)))

    def facts(self) -> dict[str, Fact]:
        """Return one fact per rule."""
        return {
            rule: Fact(
                rule=rule,
                passed=sums[0],
                partly=sums[1],
                failed=sums[2],
                inapplicable=sums[3],
                cannot_tell=sums[4],
                good=sums[5],
                of=sums[6],
                values=tuple(sorted(values)) if values else (),
            )
            for rule, (sums, values) in self._rules.items()
        }


def tally(findings: Iterable[Finding]) -> Mapping[str, Fact]:
    """Add up findings per rule; raises ScoringError as `Tally.add` does."""
    sums = Tally()
    for finding in findings:
        sums.add(finding)
    return sums.facts()


def place_of(finding: Finding) -> str:
    """Return where the finding speaks of: its rule and its first place."""
    where = finding.places[0].where if finding.places else ""
    return f"{finding.rule}, {where}" if where else finding.rule


def _possible(finding: Finding, count: Count) -> tuple[int, int]:
    if not 0 <= count.good <= count.of:
        raise ScoringError(f"{place_of(finding)}: {count.good} of {count.of} is impossible")
    return count.good, count.of
