"""A row that changes its body while others wait for it is found by them, and they are told why."""

import json
import subprocess
import sys

import pytest


@pytest.mark.django_db(transaction=True)
def test_of_officers_who_pass_one_thing_on_at_once_one_succeeds(
    environment_of_a_process: dict[str, str],
) -> None:
    raced = subprocess.run(
        [sys.executable, "-m", "tests.portal.contributions.race_of_officers"],
        env=environment_of_a_process,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (raced.returncode, raced.stderr) == (0, "")
    assert json.loads(raced.stdout) == {
        "pass_on": ["PermissionDenied"] * 3 + ["done"],
        "body": "kz-akm-b",
        "steps": 1,
    }
