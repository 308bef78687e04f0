"""What is at stake with a due date: the most points its measure gives a body.

The one place that knows. Which methodology a body is held against the evaluation says, which
stands above and tells its way to know (`asks`); where that one gives no points for a measure,
or none of them is known, the portal's own unofficial profile is named instead.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from aiqyn.scoring.methodology import Methodology, methodology, methodology_ids
from aiqyn_portal.deadlines import queries
from aiqyn_portal.deadlines.terms import shipped

PROFILE = "aiqyn-participation-"  # methodologies of ours; the newest in force counts
Ids = Collection[int]

# ids of bodies → the methodology each is held against
_knows: list[Callable[[Ids], Mapping[int, str]]] = []


class Stake(NamedTuple):
    """The most that one measure gives, and by which methodology."""

    points: Decimal
    method: Methodology


@dataclass(frozen=True, slots=True)
class Stakes:
    """For the bodies of one page."""

    of_body: Mapping[int, str]
    profile: str
    _found: dict[tuple[int, str], Stake | None] = field(default_factory=dict)

    def of_rule(self, body_id: int, rule: str) -> Stake | None:
        """What a rule is worth to a body; None where no methodology counts it."""
        asked = (body_id, rule)
        if asked not in self._found:
            names = (self.of_body.get(body_id, ""), self.profile)
            found = (worth(methodology(name), rule) for name in names if name)
            self._found[asked] = next((each for each in found if each), None)
        return self._found[asked]

    def of_term(self, body_id: int, term: str) -> Stake | None:
        """What the measure behind a term is worth, see `measured_by` in terms.yaml."""
        known = shipped().get(term)
        return self.of_rule(body_id, known.measured_by) if known and known.measured_by else None


def asks(knows: Callable[[Ids], Mapping[int, str]]) -> None:
    """Be told which methodology is held against which body."""
    _knows.append(knows)


def for_bodies(ids: Ids, *, today: date | None = None) -> Stakes:
    """What is at stake for these bodies; a query or none, however many rows a page has."""
    of_body = {key: name for knows in _knows for key, name in knows(ids).items()}
    return Stakes(of_body, _profile(today or queries.today()))


def worth(method: Methodology, rule: str) -> Stake | None:
    """The most a rule gives in the total; None where that is not said."""
    if method.total != "sum":
        return None
    points = sum(
        (
            criterion.weight * indicator.points
            for criterion in method.criteria
            for indicator in criterion.indicators
            if rule in indicator.rules and indicator.points is not None
        ),
        Decimal(),
    )
    return Stake(points, method) if points else None


def _profile(today: date) -> str:
    names = (name for name in methodology_ids() if name.startswith(PROFILE))
    started = [(methodology(name).in_force_from, name) for name in names]
    return max((each for each in started if each[0] <= today), default=(today, ""))[1]
