"""Buttons pressed twice in the same moment: one press counts, the other is told why not."""

import json
import subprocess
import sys

import pytest


@pytest.mark.django_db(transaction=True)
def test_of_those_who_press_at_once_one_succeeds_and_the_others_are_told(environment_of_a_process):
    raced = subprocess.run(
        [sys.executable, "-m", "tests.portal.site_audit.race_of_audits"],
        env=environment_of_a_process,
        capture_output=True,
        text=True,
        check=False,
    )

    assert raced.stderr == ""
    assert json.loads(raced.stdout) == {
        "ask": ["RunIsLive"] * 3 + ["done"],
        "cancel": ["RunHasEnded"] * 3 + ["done"],
        "recheck": ["RecheckIsLive"] * 3 + ["done"],
        "dispute": ["DisputeIsOpen"] * 3 + ["done"],
        "rule": ["AlreadyRuled"] * 3 + ["done"],
        "late": ["AlreadyOverruled"] * 4,
        "counts": ["inapplicable"],
    }
