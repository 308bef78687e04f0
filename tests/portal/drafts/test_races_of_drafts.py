from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.django_db(transaction=True)
def test_no_page_of_two_paragraphs_is_stale_after_people_acted_on_both_at_once(
    raced: Callable[[str], Any],
) -> None:
    told = raced("tests.portal.drafts.race_of_paragraphs")

    assert told["stale"] == []
    assert set(told["ended"]) <= {"done", "AlreadyDecided"}  # whoever groups may come too late


@pytest.mark.django_db(transaction=True)
def test_limits_hold_for_what_is_said_at_once(
    raced: Callable[[str], Any],
) -> None:
    assert raced("tests.portal.drafts.race_of_reporters") == {
        "categories": ["TooManyNow"] * 3 + ["done"],
        "comments": ["TooManyNow"] * 3 + ["done"],
        "texts": ["TooManyNow"] * 3 + ["done"],
        "votes": ["TooManyNow"] * 3 + ["done"],
    }


@pytest.mark.django_db(transaction=True)
def test_of_rival_categories_agreed_with_at_once_one_stands(
    raced: Callable[[str], Any],
) -> None:
    assert raced("tests.portal.drafts.race_of_categories") == {
        "ended": ["CategoryMoved"] * 2 + ["DecidedAlready", "done"],
        "agreed": 1,
        "true": True,
    }
