import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection


def environment_of_the_race(folder: Path) -> dict[str, str]:
    """The test database of PostgreSQL; of SQLite a file of its own, for the other is in memory."""
    url = f"sqlite://{folder}/aiqyn.sqlite3"
    if connection.vendor == "postgresql":
        parts = urlsplit(os.environ["DATABASE_URL"])
        url = parts._replace(path="/" + str(connection.settings_dict["NAME"])).geturl()
    return {
        **os.environ,
        "AIQYN_VAR": str(folder),
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "aiqyn_portal.project.settings",
        "PYTHONPATH": "src:.",
    }


@pytest.mark.django_db(transaction=True)
def test_of_people_who_act_at_once_one_succeeds_and_the_others_are_told(tmp_path: Path) -> None:
    environment = environment_of_the_race(tmp_path)
    if connection.vendor == "sqlite":
        migrate = [sys.executable, "manage.py", "migrate", "-v0"]
        subprocess.run(migrate, env=environment, check=True)

    raced = subprocess.run(
        [sys.executable, "-m", "tests.portal.evaluation.race"],
        env=environment,
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
