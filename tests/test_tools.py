"""The tools a newcomer meets first do what they say, also when something is missing."""

import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tools import bootstrap, compile_messages, run_tests, system_packages

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "%(count)s findings"
msgstr "{translation}"
"""


@pytest.fixture
def catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(compile_messages, "ROOT", tmp_path)
    monkeypatch.setattr(compile_messages, "SOURCES", tmp_path)
    path = tmp_path / "app" / "locale" / "kk" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    return path


def test_catalogue_is_compiled_once(catalogue: Path) -> None:
    catalogue.write_text(CATALOGUE.format(translation="%(count)s тексеру нәтижесі"))

    first = compile_messages.main([])
    made = catalogue.with_suffix(".mo").stat().st_mtime_ns
    second = compile_messages.main([])

    assert (first, second) == (0, 0)
    assert catalogue.with_suffix(".mo").stat().st_mtime_ns == made


def test_lost_placeholder_is_refused_with_its_place(
    catalogue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue.write_text(CATALOGUE.format(translation="%(number)s тексеру нәтижесі"))

    code = compile_messages.main(["--check"])

    assert code == 1
    assert "app/locale/kk/LC_MESSAGES/django.po:7:" in capsys.readouterr().err
    assert not catalogue.with_suffix(".mo").exists()


def test_environment_is_fresh_until_the_lock_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    (tmp_path / "pyproject.toml").write_text("")
    (tmp_path / "uv.lock").write_text("one")
    bootstrap.stamp("test").write_text(bootstrap.digest())

    before = (bootstrap.is_fresh("run"), bootstrap.is_fresh("test"))
    (tmp_path / "uv.lock").write_text("two")

    assert before == (True, True)
    assert not bootstrap.is_fresh("run")


def test_uv_that_cannot_be_fetched_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "CACHE", tmp_path)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    for way in ("fetch_with_pip", "fetch_with_urllib"):
        refuse = lambda locked: "no route"  # noqa: E731 - named below for the message
        refuse.__name__ = way
        monkeypatch.setattr(bootstrap, way, refuse)
    monkeypatch.setattr(bootstrap, "is_fresh", lambda profile: False)

    code = bootstrap.main(["run"])

    said = capsys.readouterr().out
    assert code == 1
    assert "fetch_with_pip: no route" in said
    assert "uv could not be fetched" in said


def test_wheel_of_uv_is_chosen_by_machine_and_checked_by_digest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "CACHE", tmp_path)
    other = tmp_path / "uv.whl"
    other.write_bytes(b"not what the lock promises")
    locked = bootstrap.locked_uv()
    wheel = next(w for w in locked["wheels"] if bootstrap.fits_this_machine(w["url"]))

    problem = bootstrap.fetch_with_urllib(
        {"wheels": [wheel | {"url": wheel_address(other, wheel)}]}
    )

    assert problem == "the downloaded file does not match its SHA-256 in uv.lock"


def wheel_address(file: Path, wheel: dict[str, str]) -> str:
    """A local address whose name still tells the machine it is for."""
    named = file.with_name(wheel["url"].rpartition("/")[2])
    file.rename(named)
    return named.as_uri()


def test_missing_program_is_a_skip_for_people_and_a_failure_in_ci(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    verdicts = []
    for in_ci in (False, True):
        monkeypatch.setattr(run_tests, "IN_CI", in_ci)
        step = run_tests.pytest("none", "nothing", needs="PostgreSQL")
        run_tests.run(step, {}, {"PostgreSQL"})
        verdicts.append(step.verdict)

    assert verdicts == ["skipped", "FAILED"]


def test_lanes_run_beside_one_another_and_go_on_after_a_failure(
    capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> None:
    there = tmp_path / "there"
    lanes = [
        [saying("a", f"while not os.path.exists({str(there)!r}): time.sleep(0.01)")],
        [saying("b", f"os.mkdir({str(there)!r}); exit(1)"), saying("c", "pass")],
    ]

    run_tests.run_lanes(lanes, set())

    assert [[step.verdict for step in lane] for lane in lanes] == [["ok"], ["FAILED", "ok"]]
    said = re.findall(rb"said \w", capfdbinary.readouterr().out)
    assert sorted(said) == [b"said a", b"said b", b"said c"]
    assert min(step.seconds for lane in lanes for step in lane) > 0


def saying(name: str, code: str) -> run_tests.Step:
    """A step that says its name and runs Python code."""
    code = f"import os, time\nprint('said {name}')\n{code}"
    return run_tests.Step(name, [sys.executable, "-c", code])


def test_after_ctrl_c_no_step_begins() -> None:
    step = saying("never", "pass")
    ended = threading.Event()
    ended.set()

    run_tests.run_lane([step], set(), ended)

    assert step.verdict == ""


def test_counts_of_all_runs_are_added(capsys: pytest.CaptureFixture[str]) -> None:
    steps = [
        run_tests.Step("a", [], verdict="ok", tally={"passed": 2, "failed": 0, "skipped": 1}),
        run_tests.Step("b", [], verdict="FAILED", tally={"passed": 3, "failed": 1, "skipped": 0}),
        run_tests.Step("c", [], verdict="ok"),
    ]

    code = run_tests.summarise(steps)

    assert code == 1
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 1 failed, 1 skipped"


def test_nothing_is_installed_without_the_right_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "apt_get", lambda: None)
    wanted = [system_packages.PROGRAMS[0]]

    assert system_packages.install(wanted) == wanted


def test_what_is_only_better_to_have_is_offered_and_its_absence_is_no_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(system_packages, "PROGRAMS", ())
    monkeypatch.setattr(system_packages, "find", lambda executable: None)
    monkeypatch.setattr(system_packages, "apt_get", lambda: ["apt-get"])

    def call(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        asked.append(command)
        return subprocess.CompletedProcess(command, 100)

    monkeypatch.setattr(system_packages.subprocess, "run", call)

    codes = [system_packages.main([]), system_packages.main(["--install"])]

    assert (codes, [each[-1] for each in asked]) == ([0, 0], ["chromium-headless-shell"])
    assert "all works without it" in capsys.readouterr().out


def test_newest_postgresql_of_debian_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ("9.6", "15", "17"):
        program = tmp_path / "usr/lib/postgresql" / version / "bin" / "initdb"
        program.parent.mkdir(parents=True)
        program.touch()
    monkeypatch.setattr(system_packages.shutil, "which", lambda name: None)
    monkeypatch.setattr(system_packages, "Path", lambda root: tmp_path)

    assert system_packages.find("initdb") == str(
        tmp_path / "usr/lib/postgresql" / "17" / "bin" / "initdb"
    )


def test_compile_tool_runs_as_a_program() -> None:
    tool = Path(compile_messages.__file__)

    done = subprocess.run(
        [sys.executable, tool, "--check"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("writable", "cache"), [(True, None), (False, "packages")])
def test_account_without_a_home_keeps_packages_beside_us(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, writable: bool, cache: str | None
) -> None:
    told: dict[str, str] = {}

    def run(
        command: list[str], env: dict[str, str], **_: object
    ) -> subprocess.CompletedProcess[str]:
        told.update(env)
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.delenv("UV_CACHE_DIR", raising=False)
    monkeypatch.setattr(bootstrap, "find_uv", lambda: "uv")
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap.os, "access", lambda path, mode: writable)
    monkeypatch.setattr(bootstrap.subprocess, "run", run)

    bootstrap.install("run")

    assert told.get("UV_CACHE_DIR") == (cache and str(bootstrap.CACHE / cache))
