"""Pitfalls of other tools, each held by a test: docs/audit.md names it; the last ones are here."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from aiqyn import rules
from aiqyn.fetch.memory import COLLECTED_AFTER

ROOT = Path(__file__).parents[1]
COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public License")
NAMED = re.compile(r"^\| (\d+) \|.*\| `([^`:]+)(?:::(\w+))?` \|$", re.MULTILINE)
PITFALLS = NAMED.findall((ROOT / "docs" / "audit.md").read_text("utf-8"))
PASSED_AS_A_WHOLE = re.compile(
    r"(?:site|page|сайт|страница|бет) (?:is|полностью|толық)? ?(?:accessible|доступ\w+|қолжетімді)"
)


@pytest.mark.parametrize(("number", "path", "test"), PITFALLS)
def test_pitfall_is_held_by_the_test_that_is_named(number, path, test):
    assert not test or f"def {test}(" in (ROOT / path).read_text("utf-8")
    assert (ROOT / path).exists()


def test_every_pitfall_is_in_the_table():
    assert [int(number) for number, _, _ in PITFALLS] == list(range(1, 23))


def test_process_that_reads_keeps_the_memory_of_its_parser():
    """glibc trims the arena after every page, and faults it in for the next."""
    asked = (
        "import gc; from aiqyn.fetch.memory import keep_memory as k; k(); print(gc.get_threshold())"
    )

    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT / "src", capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == str(COLLECTED_AFTER)


def shipped():
    """Everything installed with Aiqyn and its extras, found through what each package needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    found = {}
    while waiting:
        asked = Requirement(waiting.pop())
        extras = asked.extras or {""}
        wanted = [asked.marker is None or asked.marker.evaluate({"extra": e}) for e in extras]
        if asked.name in found or not any(wanted):
            continue
        try:
            found[asked.name] = distribution(asked.name)
        except PackageNotFoundError:  # of another system, or of an extra nobody asked for
            continue
        waiting += found[asked.name].requires or []
    return found


def test_no_licence_binds_whoever_takes_aiqyn():
    said = {
        name: " ".join(
            [
                each.metadata.get("License-Expression") or "",
                *(line for line in each.metadata.get_all("Classifier") or [] if "License" in line),
            ]
        )
        for name, each in shipped().items()
    }

    assert [name for name, licence in said.items() if COPYLEFT.search(licence)] == []
    assert len(said) > 40


def test_nothing_automatic_calls_a_site_accessible():
    """Machines see two barriers of five: what passes is a number of checks, never a site."""
    words = " ".join((ROOT / "src/aiqyn/report").joinpath("words.yaml").read_text("utf-8").split())
    titles = [text for rule in rules.load().values() for text in rule.text.title.values()]

    assert PASSED_AS_A_WHOLE.findall(words.lower()) == []
    assert [text for text in titles if PASSED_AS_A_WHOLE.search(text.lower())] == []
    assert any(
        rule.kind == "person" and rule.text.family == "access" for rule in rules.load().values()
    )
