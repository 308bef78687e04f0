"""Find the programs the tests need, or install them from Debian when we may.

Usage: python -m tools.system_packages [--install]

We may as root or with a sudo that asks no password. Otherwise the tests that
need a missing program are skipped with a message; under CI=true that is a failure.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Program(NamedTuple):
    """A program of the operating system and the Debian package that brings it."""

    name: str
    executables: tuple[str, ...]  # any of these
    package: str
    needed_for: str


PROGRAMS = (
    Program("Chromium", ("chromium", "chromium-browser"), "chromium", "the browser tests"),
    Program("PostgreSQL", ("initdb",), "postgresql", "the portal's tests on PostgreSQL"),
    Program("gettext", ("xgettext",), "gettext", "the check of the message catalogues"),
)
# Nothing needs these; with them something is done better.
OPTIONAL = (
    Program(
        "the headless shell of Chromium",
        ("chromium-headless-shell",),
        "chromium-headless-shell",
        "draws the pages of an audit in half the processor time",
    ),
)
BESIDE_PATH = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")


INSTALL = ("install", "-y", "--no-install-recommends")


def find(executable: str) -> str | None:
    """Return the path of a program, also from Debian's folders outside PATH; newest first."""
    if found := shutil.which(executable):
        return found
    root = Path("/")
    beside = [p for pattern in BESIDE_PATH for p in root.glob(f"{pattern[1:]}/{executable}")]
    return str(max(beside, key=_version)) if beside else None


def _version(path: Path) -> list[int]:
    """Read 9.6 or 17 from the folder a distribution named after it."""
    return [int(number) for number in re.findall(r"\d+", path.parent.parent.name)]


def missing() -> list[Program]:
    """Return the programs this machine does not have."""
    return _lacking(PROGRAMS)


def _lacking(programs: Sequence[Program]) -> list[Program]:
    return [p for p in programs if not any(find(e) for e in p.executables)]


def apt_get() -> list[str] | None:
    """Return how to call apt-get with the rights to install, or None."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    asks_nothing = (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    )
    return ["sudo", "-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"] if asks_nothing else None


def install(programs: Sequence[Program]) -> list[Program]:
    """Install what is missing when we may; return what is missing still."""
    command = apt_get()
    if not programs or command is None:
        return list(programs)
    packages = [p.package for p in programs]
    print(f"Installing Debian's {', '.join(packages)} …", flush=True)
    for arguments in (["update"], [*INSTALL, *packages]):
        if code := _call([*command, "-qq", *arguments]):
            print(f"apt-get {arguments[0]} failed with exit code {code}", flush=True)
    return missing()


def install_optional() -> None:
    """Install what is better to have; an older Debian without such a package lacks nothing."""
    command = apt_get()
    for program in _lacking(OPTIONAL) if command else []:
        print(f"Installing Debian's {program.package} …", flush=True)
        if _call([*(command or ()), "-qq", *INSTALL, program.package], stderr=subprocess.DEVNULL):
            print(f"Debian here has no {program.package}: all works without it.", flush=True)


def _call(command: list[str], stderr: int | None = None) -> int:
    return subprocess.run(
        command,
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
        check=False,
    ).returncode


def main(arguments: list[str]) -> int:
    """Say what is missing; with --install try to change that."""
    lacking = missing()
    if "--install" in arguments:
        lacking = install(lacking)
        install_optional()
    for program in lacking:
        print(
            f"{program.name} is not here and may not be installed by this user: "
            f"{program.needed_for} cannot run (apt-get install {program.package})."
        )
    for program in _lacking(OPTIONAL):
        print(f"Optional: {program.package} {program.needed_for}.")
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
