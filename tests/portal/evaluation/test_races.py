import json
import subprocess
import sys

import pytest


@pytest.mark.django_db(transaction=True)
def test_of_people_who_act_at_once_one_succeeds_and_the_others_are_told(
    environment_of_a_process: dict[str, str],
) -> None:
    raced = subprocess.run(
        [sys.executable, "-m", "tests.portal.evaluation.race"],
        env=environment_of_a_process,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (raced.returncode, raced.stderr) == (0, "")
    assert json.loads(raced.stdout) == {
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
