"""Workers take less of the processors than those who answer people."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from aiqyn_portal.giving_way import GENTLY

GIVE_WAY = """
import os, sys
from pathlib import Path
from aiqyn_portal import giving_way
giving_way.SHARE_OF_THE_SESSION = Path(sys.argv[1])
giving_way.give_way()
print(os.nice(0))
"""
COMMAND = """
import runpy, sys
from aiqyn_portal import giving_way
giving_way.give_way = lambda: print("read:", "aiqyn_portal.project.settings" in sys.modules)
sys.argv = ["manage.py", *sys.argv[1:]]
runpy.run_path("manage.py", run_name="__main__")
"""
NICENESS = "import os; print(os.nice(0))"


def said(*command: str, leads: bool = False) -> str:
    return subprocess.run(
        [sys.executable, *command],
        check=True,
        capture_output=True,
        text=True,
        start_new_session=leads,
        env=os.environ | {"PYTHONPATH": "src"},
    ).stdout.strip()


@pytest.mark.parametrize(("leads", "share"), [(True, str(GENTLY)), (False, "")])
def test_only_who_leads_a_session_lowers_its_share(tmp_path: Path, leads: bool, share: str) -> None:
    file = tmp_path / "autogroup"
    file.write_text("")

    niceness = said("-c", GIVE_WAY, str(file), leads=leads)

    assert int(niceness) == min(19, int(said("-c", NICENESS)) + GENTLY)
    assert file.read_text() == share


def test_a_system_that_shares_out_otherwise_is_no_fault(tmp_path: Path) -> None:
    assert said("-c", GIVE_WAY, str(tmp_path), leads=True)  # a folder cannot be written to


def test_workers_give_way_before_anything_is_read_and_others_do_not() -> None:
    assert said("-c", COMMAND, "worker", "--help").startswith("read: False")
    assert "read:" not in said("-c", COMMAND, "migrate", "--help")
