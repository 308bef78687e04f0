"""Make `.venv` from `uv.lock`, with nothing but Python's standard library.

Usage: python3 tools/bootstrap.py [run|test]

`run` installs what the portal needs, `test` also what the tests need. uv is
taken from PATH, from `.cache/uv`, or fetched in the version `uv.lock` names:
with pip where there is one (it knows the local mirror), otherwise from the
address and with the digest in `uv.lock`. A stamp in `.venv` lets the next start
skip all of this.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tomllib
import urllib.request
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
CACHE = ROOT / ".cache" / "uv"
PROFILES = {
    "run": [
        "--no-dev",
        *(word for each in ("portal", "data", "pdf", "rendered") for word in ("--extra", each)),
    ],
    "test": ["--all-extras"],
}


class CannotSetUp(Exception):
    """Something this machine lacks; the message says what to do about it."""


def say(message: str) -> None:
    """Print one line at once, also through a pipe."""
    print(message, flush=True)


def digest() -> str:
    """Return what the environment depends on, as one hash."""
    content = b"".join((ROOT / name).read_bytes() for name in ("pyproject.toml", "uv.lock"))
    return hashlib.sha256(content).hexdigest()


def stamp(profile: str) -> Path:
    """Return the file that remembers for which `digest` the profile was installed."""
    return VENV / f"aiqyn-{profile}.stamp"


def is_fresh(profile: str) -> bool:
    """Whether `.venv` already holds what `profile` needs."""
    wider = ("run", "test") if profile == "run" else ("test",)
    expected = digest()
    return (VENV / "bin" / "python").exists() and any(
        stamp(name).exists() and stamp(name).read_text() == expected for name in wider
    )


def find_uv() -> str:
    """Return a uv that works: from PATH, from our cache, or newly fetched."""
    for candidate in (shutil.which("uv"), str(CACHE / "bin" / "uv")):
        if candidate and works(candidate):
            return candidate
    locked = locked_uv()
    say(f"Fetching uv {locked['version']} …")
    for fetch in (fetch_with_pip, fetch_with_urllib):
        problem = fetch(locked)
        if not problem and works(str(CACHE / "bin" / "uv")):
            return str(CACHE / "bin" / "uv")
        say(f"  {fetch.__name__}: {problem or 'the program does not start'}")
    raise CannotSetUp(
        "uv could not be fetched. Connect this machine to PyPI or to a mirror of it\n"
        "(pip's own configuration is respected), or install uv yourself and run again:\n"
        "https://docs.astral.sh/uv/getting-started/installation/"
    )


def locked_uv() -> dict[str, Any]:
    """Return what `uv.lock` knows of uv itself: its version, addresses and digests."""
    with (ROOT / "uv.lock").open("rb") as file:
        packages = tomllib.load(file)["package"]
    return next(package for package in packages if package["name"] == "uv")


def works(uv: str) -> bool:
    """Whether the program starts at all."""
    try:
        return subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def fetch_with_pip(locked: dict[str, Any]) -> str:
    """Install uv into our cache with the machine's pip; return the problem, or ""."""
    command = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--upgrade"),
        *("--disable-pip-version-check", "--target", str(CACHE), f"uv=={locked['version']}"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["failed"])[-1]


def fetch_with_urllib(locked: dict[str, Any]) -> str:
    """Take this platform's wheel from the address in `uv.lock`; return the problem, or ""."""
    wheel = next((w for w in locked["wheels"] if fits_this_machine(w["url"])), None)
    if wheel is None:
        return f"no wheel for {platform.machine()} {platform.libc_ver()[0] or 'musl'}"
    try:
        with urllib.request.urlopen(wheel["url"], timeout=180) as answer:
            content = answer.read()
    except OSError as problem:
        return str(problem)
    if wheel["hash"] != f"sha256:{hashlib.sha256(content).hexdigest()}":
        return "the downloaded file does not match its SHA-256 in uv.lock"
    unpack(content)
    return ""


def fits_this_machine(wheel: str) -> bool:
    """Whether a wheel of uv is built for this processor and C library (Linux)."""
    libc = "manylinux" if platform.libc_ver()[0] == "glibc" else "musllinux"
    return f"_{platform.machine()}" in wheel and libc in wheel


def unpack(wheel: bytes) -> None:
    """Put the uv program of the wheel into our cache."""
    with zipfile.ZipFile(BytesIO(wheel)) as archive:
        name = next(n for n in archive.namelist() if n.endswith("/scripts/uv"))
        program = CACHE / "bin" / "uv"
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_bytes(archive.read(name))
        program.chmod(0o755)


def install(profile: str) -> None:
    """Install exactly what `uv.lock` names; keeps what another profile has added."""
    command = [find_uv(), "sync", "--frozen", "--inexact", "--quiet", *PROFILES[profile]]
    if not (VENV / "bin" / "python").exists():
        command += ["--python", sys.executable]
    environment = os.environ | {
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PROJECT_ENVIRONMENT": str(VENV),
    }
    environment.pop("VIRTUAL_ENV", None)
    if not os.access(Path.home(), os.W_OK):  # an account of a service has no home
        environment.setdefault("UV_CACHE_DIR", str(CACHE / "packages"))
    say("Installing the packages of uv.lock into .venv (once) …")
    if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
        raise CannotSetUp("The packages could not be installed; uv's own words stand above.")
    stamp(profile).write_text(digest())


def compile_messages() -> None:
    """Compile the catalogues of Kazakh and Russian that have changed."""
    tool = ROOT / "tools" / "compile_messages.py"
    if subprocess.run([VENV / "bin" / "python", tool], check=False).returncode:
        raise CannotSetUp("The message catalogues could not be compiled; see above.")


def main(arguments: list[str]) -> int:
    """Set up the profile named in the arguments; return the exit code."""
    profile = arguments[0] if arguments else "run"
    if profile not in PROFILES:
        say(f"unknown profile {profile!r}; one of: {', '.join(PROFILES)}")
        return 2
    try:
        if not is_fresh(profile):
            install(profile)
        compile_messages()
    except CannotSetUp as problem:
        say(f"\n{problem}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
