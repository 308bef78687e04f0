from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.django_db(transaction=True)
def test_of_people_who_act_at_once_one_succeeds_and_the_others_are_told(
    raced: Callable[[str], Any],
) -> None:
    assert raced("tests.portal.evaluation.race") == {
        "open": ["RoundCodeTaken"] * 3 + ["done"],
        "answer": ["done"] * 4,
        "answers": 5,
        "send": ["RoundIsNotOpen"] * 3 + ["done"],
        "object": ["ObjectionIsOpen"] * 3 + ["done"],
        "verdict": ["ObjectionAnswered"] * 3 + ["done"],
        "publish": ["RoundIsNotPreliminary"] * 3 + ["done"],
        "correct": ["RatingReplaced"] * 3 + ["done"],
        "ratings": ["correction", "final", "preliminary"],
        "leave": [["LastAdministrator", "done"], 1],
        "close": [["LastAdministrator", "done"], 1],
    }
