"""Workers killed with SIGKILL at the worst moments: no letter twice, none lost unseen."""

import json
import subprocess
import sys

import pytest

from tests.portal.notices.killed_workers import READERS


@pytest.mark.django_db(transaction=True)
def test_letters_of_killed_workers_leave_once_or_are_said_to_be_unsure(environment_of_a_process):
    done = subprocess.run(
        [sys.executable, "-m", "tests.portal.notices.killed_workers"],
        env=environment_of_a_process,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stderr == ""
    assert json.loads(done.stdout) == {
        "ends": [-9, -9, -9, -9, 0, 0],
        # the server had one of the unsure and not the other: nobody but the server can know
        "letters": {"sent": READERS - 2, "unsure": 2},
        "taken": READERS - 1,
        "taken_twice": 0,
        "in_cabinets": READERS,
        "not_in_a_letter": 0,
    }
