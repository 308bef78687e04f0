"""Run what `make check` and `make test` promise and add it all up.

Usage: python -m tools.run_tests check|test

Steps stand in lanes: those of one lane run one after another, lanes beside one another, because
a run alone leaves a quarter of two cores idle. What a step says is printed when it ends. Every
step runs even when one before it failed. Without CI=true a step whose program is missing is
skipped with a message; with it, that is a failure, and so is any skipped test.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.etree import ElementTree as ET

from tools import system_packages

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
REPORTS = ROOT / ".cache" / "tests"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
# tests/side_by_side.py; in each of two lanes: some wait for a crawl, a query, a time
WORKERS = ["--beside", "3"]
WAITING = ["--beside", "4"]  # of those at the end, alone: what they ask, a server works out
NOTHING_NEW = ("examples", "proof")  # whole sites, whose code other tests have covered
# only the portal's tests use it, and it takes every process of a run most of a second to load
NO_SCHEMATHESIS = ("-p", "no:schemathesis")
PRINTING = threading.Lock()


@dataclass
class Step:
    """One command; `needs` names the programs of the operating system it cannot do without."""

    name: str
    command: Sequence[str]
    needs: frozenset[str] = frozenset()
    counts: bool = False  # a pytest run that leaves a JUnit report
    seconds: float = 0.0
    verdict: str = ""  # "ok", "FAILED" or "skipped"
    tally: dict[str, int] = field(default_factory=dict)

    @property
    def report(self) -> Path:
        """The JUnit file of a pytest run."""
        return REPORTS / f"{self.name.replace(' ', '_')}.xml"


def pytest(name: str, *arguments: str, needs: str = "", through: Sequence[str] = ()) -> Step:
    """Describe one pytest run, optionally started `through` another command."""
    step = Step(name, [], frozenset({needs} - {""}), counts=True)
    step.command = [
        *through,
        *(str(BIN / "pytest"), "-q", f"--junitxml={step.report}"),
        *arguments,
    ]
    return step


def check_lanes() -> list[list[Step]]:
    """The quick half: nothing here runs our code, and nothing needs another."""
    python = str(BIN / "python")
    steps = [
        Step("ruff", [str(BIN / "ruff"), "check", "."]),
        Step("format", [str(BIN / "ruff"), "format", "--check", "."]),
        Step("types", [str(BIN / "mypy")]),
        Step("layers", [str(BIN / "lint-imports")]),
        Step("messages", [python, "-m", "tools.compile_messages", "--check"]),
    ]
    return [[step] for step in steps]


def library_lane() -> list[Step]:
    """The library, whole sites, and the pages in a browser."""
    library = pytest(
        "library",
        *("tests", "--ignore=tests/browser", "--ignore=tests/portal"),
        *(f"--ignore=tests/{name}" for name in NOTHING_NEW),
        *(*NO_SCHEMATHESIS, *WORKERS),
    )
    return [
        *seen_by_probes(library, "src/aiqyn", at_least=100),
        pytest("examples", *(f"tests/{name}" for name in NOTHING_NEW), *NO_SCHEMATHESIS, *WORKERS),
        pytest(
            "browser",
            *("tests/browser", *NO_SCHEMATHESIS, "--beside", "2", "--one-by-one"),
            needs="Chromium",
            through=[str(BIN / "python"), "-m", "tools.portal"],
        ),
    ]


def portal_lane() -> list[Step]:
    """The portal on SQLite and on PostgreSQL."""
    return [
        *seen_by_probes(
            pytest("portal", "tests/portal", *WORKERS), "src/aiqyn_portal", at_least=95
        ),
        pytest(
            "postgresql",
            *("tests/portal", *WAITING),
            needs="PostgreSQL",
            through=[str(BIN / "python"), "-m", "tools.postgres"],
        ),
    ]


def seen_by_probes(step: Step, source: str, at_least: int) -> list[Step]:
    """The same pytest run, and then how much of `source` it covers, in percent: see ADR 48."""
    covered = str(step.report.with_suffix(".coverage.json"))
    slipcover = [str(BIN / "python"), "-m", "slipcover"]
    watched = [*slipcover, "--source", source, "--json", "--out", covered]
    told = ["--merge", covered, "--out", os.devnull, "--skip-covered"]
    return [
        replace(step, command=[*watched, "-m", "pytest", *step.command[1:]]),
        Step(f"{step.name} coverage", [*slipcover, *told, "--fail-under", str(at_least)]),
    ]


def run(step: Step, environment: dict[str, str], missing: set[str]) -> None:
    """Run one step; write its verdict, time and counts into it, and print what it said."""
    if lacking := sorted(step.needs & missing):
        step.verdict = "FAILED" if IN_CI else "skipped"
        tell(step, f"{', '.join(lacking)} is not on this machine\n".encode())
        return
    step.report.unlink(missing_ok=True)
    began = time.monotonic()
    done = subprocess.run(
        step.command,
        cwd=ROOT,
        env=environment,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    step.seconds = time.monotonic() - began
    step.tally = tally(step.report) if step.counts else {}
    skipped_in_ci = IN_CI and step.tally.get("skipped", 0) > 0
    step.verdict = "FAILED" if done.returncode or skipped_in_ci else "ok"
    tell(step, done.stdout + b"skipped tests are failures here: CI=true\n" * skipped_in_ci)


def tell(step: Step, said: bytes) -> None:
    """Print what a step said, whole, whoever ends at the same moment."""
    with PRINTING:
        print(f"\n── {step.name} " + "─" * (76 - len(step.name)), flush=True)
        sys.stdout.buffer.write(said)
        sys.stdout.buffer.flush()


def run_lane(steps: Sequence[Step], missing: set[str], ended: threading.Event) -> None:
    """Run the steps of a lane, with a data folder of its own, unless all is to end."""
    with tempfile.TemporaryDirectory(prefix="aiqyn-var-") as var:
        environment = os.environ | {"AIQYN_VAR": var}
        # every process would otherwise compile the whole tree for itself
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for step in steps:
            if not ended.is_set():
                run(step, environment, missing)


def run_lanes(lanes: Sequence[Sequence[Step]], missing: set[str]) -> None:
    """Run lanes beside one another; with Ctrl+C no further step begins."""
    ended = threading.Event()
    with ThreadPoolExecutor(len(lanes)) as pool:
        running = [pool.submit(run_lane, lane, missing, ended) for lane in lanes]
        try:
            for each in running:
                each.result()
        finally:
            ended.set()


def tally(report: Path) -> dict[str, int]:
    """Read how many tests passed, failed and were skipped from a JUnit file."""
    if not report.exists():
        return {"passed": 0, "failed": 1, "skipped": 0}
    suites = ET.parse(report).getroot().iter("testsuite")
    counts = [
        {k: int(s.get(k, 0)) for k in ("tests", "failures", "errors", "skipped")} for s in suites
    ]
    failed = sum(c["failures"] + c["errors"] for c in counts)
    skipped = sum(c["skipped"] for c in counts)
    total = sum(c["tests"] for c in counts)
    return {"passed": total - failed - skipped, "failed": failed, "skipped": skipped}


def summarise(steps: Sequence[Step]) -> int:
    """Print one line a step and the sum of all tests; return the exit code."""
    print("\n" + "═" * 80)
    for step in steps:
        counts = ", ".join(f"{n} {what}" for what, n in step.tally.items())
        print(f"{step.verdict:8} {step.name:18} {step.seconds:7.1f} s  {counts}")
    bad = [s.name for s in steps if s.verdict == "FAILED"]
    if bad:
        print(f"\nnot well: {', '.join(bad)}")
    runs = [s.tally for s in steps if s.tally]
    if runs:
        total = {what: sum(r[what] for r in runs) for what in ("passed", "failed", "skipped")}
        print("\n{passed} passed, {failed} failed, {skipped} skipped".format(**total))
    return 1 if bad else 0


def main(arguments: list[str]) -> int:
    """Run the chosen half; return the exit code."""
    if arguments not in (["check"], ["test"]):
        print(__doc__)
        return 2
    lanes = check_lanes()
    missing = system_packages.missing()
    if arguments == ["test"]:
        missing = system_packages.install(missing)
        lanes += [library_lane(), portal_lane()]
    REPORTS.mkdir(parents=True, exist_ok=True)
    print(
        "what a step says comes when it ends; together they take a quarter of an hour", flush=True
    )
    run_lanes(lanes, {program.name for program in missing})
    return summarise([step for lane in lanes for step in lane])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
