"""Web processes killed with SIGKILL in the middle of taking in: nothing lost, nothing twice."""

import json
import subprocess
import sys

import pytest

from tests.portal.contributions.killed_writers import MOMENTS, PEOPLE
from tests.portal.contributions.voices import KIND, QUESTION


@pytest.mark.django_db(transaction=True)
def test_forms_of_killed_processes_are_kept_once_with_all_that_belongs_to_them(
    environment_of_a_process, tmp_path
):
    done = subprocess.run(
        [sys.executable, "-m", "tests.portal.contributions.killed_writers"],
        env={**environment_of_a_process, "ACKNOWLEDGED": str(tmp_path / "acknowledged")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    all_of_them = len(MOMENTS) + PEOPLE
    assert json.loads(done.stdout) == {
        "ends": [-9, -9, -9, -9, 0, 0],
        "acknowledged and not so": [],
        "forms": {f"form-{number}": 1 for number in range(all_of_them)},
        "steps": 2 * all_of_them,
        "seals": 2 * all_of_them,
        "pending": 0,
        "ledger": "",
        "clocks": len(MOMENTS),
        "clocks in all": len(MOMENTS),
        "in folds": all_of_them,
        "in the search": all_of_them,
        "counted": {KIND: PEOPLE, QUESTION: len(MOMENTS)},
    }
