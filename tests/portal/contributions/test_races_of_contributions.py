"""A row that changes its body while others wait for it is found by them, and they are told why."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.django_db(transaction=True)
def test_of_officers_who_pass_one_thing_on_at_once_one_succeeds(
    raced: Callable[[str], Any],
) -> None:
    assert raced("tests.portal.contributions.race_of_officers") == {
        "pass_on": ["PermissionDenied"] * 3 + ["done"],
        "body": "kz-akm-b",
        "steps": 1,
    }
