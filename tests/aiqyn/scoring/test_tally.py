from decimal import Decimal

import pytest

from aiqyn.chain import Count, Fact, Finding, Outcome, Place
from aiqyn.errors import ScoringError
from aiqyn.scoring.tally import tally


def test_tally_adds_up_each_rule(finding):
    found = [
        finding("A"),
        finding("A", "failed", count=(1, 3)),
        finding("A", "partly", count=(2, 2), value=Decimal(2)),
        finding("B", "cannot_tell"),
        finding("B", "inapplicable", value=Decimal(1)),
    ]

    assert tally(found) == {
        "A": Fact(rule="A", passed=1, partly=1, failed=1, good=3, of=5, values=(Decimal(2),)),
        "B": Fact(rule="B", cannot_tell=1, inapplicable=1, values=(Decimal(1),)),
    }
    assert tally(found[::-1]) == tally(found)


@pytest.mark.parametrize(("good", "of"), [(4, 3), (-1, 3), (-2, -1)])
def test_tally_refuses_an_impossible_count(good, of):
    wrong = Finding(rule="A", outcome=Outcome.FAILED, count=Count(good=good, of=of))

    with pytest.raises(ScoringError, match=f"^A: {good} of {of} is impossible$"):
        tally([wrong])


def test_tally_refuses_what_is_no_number_and_says_where():
    wrong = Finding(
        rule="stated:open_data",
        outcome=Outcome.PASSED,
        value=Decimal("NaN"),
        places=(Place(where="row 2, column total"),),
    )

    with pytest.raises(ScoringError, match=r"^stated:open_data, row 2, column total: NaN is not"):
        tally([wrong])
