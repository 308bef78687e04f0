"""What pages show, held against the steps: nothing is hidden, decided or erased without one.

The chain proves the steps. The rows people read can still be changed by whoever holds the
database, and a text whose salt was taken away can be replaced: here both are found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Q

from aiqyn_portal.contributions.models import Contribution, Erasable, Step

What, Shown = Step.What, Contribution.Shown
SHOWN = {
    What.MODERATED: Shown.REMOVED,
    What.RESTORED: Shown.PUBLIC,
    What.WITHDRAWN: Shown.WITHDRAWN,
    What.TEXT_ERASED: Shown.ERASED,
}
# what the steps that erase take away; `by` goes with anybody who leaves, whoever wrote
ERASES = {
    What.MASKED: {"text", "wording", "original"},
    What.TEXT_ERASED: {"text", "wording", "original", "words"},
    What.PERSON_ERASED: {"name", "original", "words"},
}


@dataclass(slots=True)
class _Life:
    """Where the steps of one contribution have led."""

    shown: str = Shown.PUBLIC
    outcome: str = ""
    reason: str = ""
    votes: tuple[int, int] = (0, 0)  # for, against: as last counted
    erased: set[str] = field(default_factory=lambda: {"by"})
    missing: set[str] = field(default_factory=set)  # committed to, and no longer kept

    def follow(self, what: str, outcome: str, reason: str, details: Mapping[str, Any]) -> None:
        """Take in the next step."""
        self.shown = SHOWN.get(What(what), self.shown)
        self.erased |= ERASES.get(What(what), set())
        if what == What.DECIDED:
            self.outcome, self.reason = outcome, reason
        elif what == What.REOPENED:
            self.outcome = self.reason = ""
        elif what == What.VOTED:
            self.votes = details["for"], details["against"]


def first_untold() -> str:
    """Return what no step tells of, in words for an operator; "" where steps tell everything."""
    lives = _lives()
    rows = Contribution.objects.order_by("pk").values_list(
        "pk", "number", "sealed_for", "sealed_against", "shown", "outcome", "reason"
    )
    for pk, number, wanted, unwanted, *shows in rows.iterator(chunk_size=1000):
        life = lives.get(pk)
        if life is None:
            return f"{number} has no step"
        if shows != [life.shown, life.outcome, life.reason]:
            return f"{number} is not shown as its steps say"
        if (wanted, unwanted) != life.votes:
            return f"votes for {number} are not as they were counted"
        if life.missing - life.erased:
            return f"{', '.join(sorted(life.missing - life.erased))} of {number} was taken away"
    return _first_miscounted()


def _first_miscounted() -> str:
    """The first contribution that shows other votes than people have given."""
    given = Count("votes", filter=Q(votes__value=1)), Count("votes", filter=Q(votes__value=-1))
    rows = Contribution.objects.annotate(wanted=given[0], unwanted=given[1])
    wrong = rows.exclude(votes_for=F("wanted"), votes_against=F("unwanted")).order_by("pk").first()
    return f"{wrong.number} shows other votes than people gave" if wrong else ""


def _lives() -> dict[int, _Life]:
    lives: dict[int, _Life] = {}
    salts = dict(Erasable.objects.values_list("step", "salts"))
    columns = ("pk", "contribution", "what", "outcome", "reason", "details", "commitments")
    steps = Step.objects.order_by("contribution", "number").values_list(*columns)
    for pk, contribution, what, outcome, reason, details, held in steps.iterator(chunk_size=1000):
        life = lives.setdefault(contribution, _Life())
        life.follow(what, outcome, reason, details)
        life.missing |= set(held) - set(salts.get(pk, {}))
    return lives
