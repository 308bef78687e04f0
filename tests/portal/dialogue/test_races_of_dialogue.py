from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.django_db(transaction=True)
def test_of_officers_who_act_at_once_one_succeeds_and_nothing_is_doubled(
    raced: Callable[[str], Any],
) -> None:
    assert raced("tests.portal.dialogue.race_of_officers") == {
        "answer": ["AlreadyDecided"] * 3 + ["done"],
        "answers": [1, 1],
        "mark": ["MarkedAlready"] * 3 + ["done"],
        "marks": 1,
        "promise": ["done"] * 4,  # one and the same
        "promises": [1, 1],
        "move": ["DayNotAhead"] * 3 + ["done"],
        "keep": ["Ended"] * 3 + ["done"],
        "announce": ["done"] * 4,
        "conferences": 1,
        "pass_on": ["PermissionDenied"] * 3 + ["done"],
    }
