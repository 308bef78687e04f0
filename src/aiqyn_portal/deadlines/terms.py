"""The terms of terms.yaml: how long what may take, and by which act."""

from functools import cache
from pathlib import Path

import msgspec

from aiqyn.calendar import Term, Unit, WhenOff
from aiqyn.calendar.term import AfterHandOver
from aiqyn.catalogue import read
from aiqyn.text import Text

HERE = Path(__file__).parent


class Known(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of terms.yaml.

    `measured_by`: the rule that counts whether it was kept; "" where none does.
    `is_own`: a promise of this portal, no act asks for it. `verified` says whether somebody
    has read the number in the act itself.
    """

    title: Text
    count: int
    source: Text
    verified: bool
    unit: Unit = "working"
    when_off: WhenOff = "next"
    after_hand_over: AfterHandOver = "goes_on"
    address: str = ""
    is_own: bool = False
    measured_by: str = ""

    def rule(self) -> Term:
        """The term as the calendar counts it."""
        return Term(
            count=self.count,
            unit=self.unit,
            when_off=self.when_off,
            after_hand_over=self.after_hand_over,
            source=self.address,
            verified=self.verified,
        )


@cache
def shipped() -> dict[str, Known]:
    """Every term by code, as it is shipped; what administrators changed is in `queries.terms`."""
    return read(HERE / "terms.yaml", dict[str, Known])
