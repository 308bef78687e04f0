"""The portal starts with what `make run` installs; tests are run with more than that."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, packages_distributions, requires

from packaging.requirements import Requirement

from tools.bootstrap import PROFILES, ROOT

# refuses what is not installed there, reads the whole portal and every command
STARTED = """
import sys
import tomllib
from importlib import import_module
from pkgutil import walk_packages

absent = set(sys.argv[1].split())

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in absent:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
from aiqyn_portal.project.wsgi import application, read_ahead
read_ahead()
import aiqyn_portal, aiqyn.cli
from django.urls import get_resolver
get_resolver().url_patterns
for module in walk_packages(aiqyn_portal.__path__, "aiqyn_portal."):
    import_module(module.name)
for module in walk_packages(aiqyn.cli.__path__, "aiqyn.cli."):
    if not module.name.endswith("__main__"):
        import_module(module.name)
"""


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_by(profile: list[str]) -> set[str]:
    """Distributions uv installs for a profile of set-up."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = [profile[at + 1] for at, word in enumerate(profile) if word == "--extra"]
    asked = [Requirement(each) for each in project["dependencies"]]
    asked += [
        Requirement(each) for name in extras for each in project["optional-dependencies"][name]
    ]
    found: set[str] = set()
    while asked:
        need = asked.pop()
        found.add(normal(need.name))
        asked += [each for each in needs_of(need) if normal(each.name) not in found]
    return found


def needs_of(asked: Requirement) -> list[Requirement]:
    """What it needs on this system, with the extras asked for."""
    try:
        needs = [Requirement(each) for each in requires(asked.name) or []]
    except PackageNotFoundError:  # for another system
        return []
    extras = ["", *asked.extras]
    return [
        need
        for need in needs
        if need.marker is None or any(need.marker.evaluate({"extra": each}) for each in extras)
    ]


def test_portal_and_commands_start_with_what_is_installed_to_run_them(tmp_path):
    # a portal may stand where there is no browser, and what drives one is not read before
    installed = installed_by(PROFILES["run"]) - {"playwright", "axe-playwright-python"}
    absent = [
        module
        for module, owners in packages_distributions().items()
        if not {normal(owner) for owner in owners} & installed
    ]
    assert {"pytest", "playwright"} <= set(absent)

    command = [sys.executable, "-c", STARTED, " ".join(absent)]
    done = subprocess.run(
        command, check=False, env={"AIQYN_VAR": str(tmp_path)}, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
