"""Tests beside one another: each is run once, and what failed or died is told."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOUND = """
import os, time

def test_first(tmp_path, capfd):
    print("said")
    time.sleep(0.2)
    assert capfd.readouterr().out == "said\\n"
    assert tmp_path.parent.name == os.environ["PYTEST_XDIST_WORKER"]

def test_second(): pass
"""
WRONG = "def test_wrong():\n    print('it was said')\n    assert 1 == 2\n"
DYING = "import os\ndef test_dies(): os.kill(os.getpid(), 9)\ndef test_after(): pass\n"
# what it forks outlives it and holds open what it has inherited
FORKING = "import os, time\ndef test_dies(): os.fork() or time.sleep(60); os.kill(os.getpid(), 9)\n"
FORKING += "def test_after(): pass\n"


def beside(folder: Path, *options: str) -> tuple[int, str, Counter[str]]:
    """The exit code, what was printed, and how often each test stands in the report."""
    (folder / "pytest.ini").touch()
    report = folder / "report.xml"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.side_by_side", "--beside=2"]
    with (folder / "printed").open("w") as printed:  # no pipe: what is left alive would hold it
        done = subprocess.run(
            [*command, f"--junitxml={report}", f"--basetemp={folder}/tmp", *options, str(folder)],
            cwd=ROOT,
            env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            stdout=printed,
            stderr=subprocess.STDOUT,
            check=False,
            timeout=50,
        )
    tests = ET.parse(report).getroot().iter("testcase")
    named = Counter(f"{each.get('classname')}.{each.get('name')}" for each in tests)
    return done.returncode, (folder / "printed").read_text(), named


@pytest.mark.parametrize("options", [(), ("--one-by-one",)])
def test_each_test_is_run_once_and_a_wrong_one_is_told(
    tmp_path: Path, options: tuple[str, ...]
) -> None:
    for name in "abcd":
        (tmp_path / f"test_{name}.py").write_text(SOUND)
    (tmp_path / "test_e.py").write_text(WRONG)

    code, printed, named = beside(tmp_path, *options)

    sound = {f"test_{name}.test_{which}" for name in "abcd" for which in ("first", "second")}
    assert named == Counter(sound | {"test_e.test_wrong"})
    assert (code, "1 failed, 8 passed" in printed, "assert 1 == 2" in printed) == (1, True, True)
    assert "it was said" in printed


@pytest.mark.parametrize("dying", [DYING, FORKING], ids=["alone", "with a child"])
def test_process_that_dies_is_told_with_its_test_and_the_others_go_on(
    tmp_path: Path, dying: str
) -> None:
    (tmp_path / "test_a.py").write_text(dying)
    for name in "bcd":
        (tmp_path / f"test_{name}.py").write_text(SOUND)

    code, printed, _ = beside(tmp_path)

    assert (code, "1 failed, 6 passed" in printed) == (1, True)
    assert "test_a.py::test_dies _" in printed
    assert "the process of this test died" in printed


@pytest.mark.usefixtures("ctrl_c_heard")
def test_first_failure_ends_all_when_that_is_asked(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").write_text(WRONG)
    (tmp_path / "test_b.py").write_text("import time\ndef test_long(): time.sleep(60)\n")

    code, printed, named = beside(tmp_path, "-x")

    assert (code, "1 failed in" in printed, list(named)) == (1, True, ["test_a.test_wrong"])
