import importlib
import json
import subprocess
import sys

import click
import pytest

from aiqyn import cli
from aiqyn.cli import rules as module
from aiqyn.report.rulebook import pages, rule_text
from aiqyn.report.words import word
from aiqyn.rules import KINDS, load


def test_help_lists_every_command_and_the_exit_codes(aiqyn):
    result = aiqyn("--help")

    assert result.exit_code == 0
    assert "0 nothing failed, 1 something failed, 2 bad input" in result.output
    assert all(f"\n  {name} " in result.output for name in cli.COMMANDS)


@pytest.mark.parametrize("name", list(cli.COMMANDS))
def test_every_command_explains_itself(aiqyn, name):
    result = aiqyn(name, "--help")

    assert (result.exit_code, result.output.split()[0]) == (0, "Usage:")


def test_module_is_the_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["aiqyn", "--help"])
    monkeypatch.delitem(sys.modules, "aiqyn.cli.__main__", raising=False)

    with pytest.raises(SystemExit) as ended:
        importlib.import_module("aiqyn.cli.__main__")

    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("Usage: aiqyn ")


def test_unknown_command_is_refused(aiqyn):
    assert aiqyn("dance").exit_code == 2


def test_interrupted_command_says_so(aiqyn, monkeypatch):
    @click.command()
    def endless():
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "listing", endless)

    result = aiqyn("rules")

    assert (result.exit_code, result.stderr) == (130, "aiqyn: stopped\n")


@pytest.mark.parametrize("charset", ["cp1251", "latin-1", "utf-8"])
def test_terminal_of_another_charset_does_not_stop_a_command(charset):
    done = subprocess.run(
        [sys.executable, "-m", "aiqyn.cli", "rules", "--lang", "kk"],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": charset},
        timeout=60,
    )

    assert done.stdout.decode(charset).count("\n") == len(load()) + 2 * len(KINDS) - 1


def test_stream_that_cannot_change_its_charset_is_left_alone(monkeypatch):
    monkeypatch.setattr(sys, "stdout", object())

    cli._never_fail_on_a_letter()


def test_reader_that_goes_away_early_does_not_crash_a_command():
    command = f"{sys.executable} -m aiqyn.cli rules --lang kk | head -1"

    done = subprocess.run(["bash", "-c", command], capture_output=True, check=True, timeout=60)

    assert (done.stdout.decode(), done.stderr) == (f"{word('kind_site', 'kk')}\n", b"")


def test_rules_are_listed_for_programs(aiqyn):
    listed = json.loads(aiqyn("rules", "--format", "json").stdout)

    assert [rule["code"] for rule in listed] == list(load())


def test_rules_are_listed_in_the_language_of_the_terminal(aiqyn):
    result = aiqyn("rules", env={"AIQYN_LANG": "ru"})

    assert result.stdout.splitlines()[0] == word("kind_site", "ru")


def test_documentation_is_written_and_what_is_gone_is_removed(aiqyn, tmp_path):
    (tmp_path / "P998.md").write_text("gone")
    (tmp_path / "own.md").write_text("stays")
    (tmp_path / "P001.md").write_text("old")

    result = aiqyn("rules", "--docs", tmp_path)

    written = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert result.exit_code == 0
    assert written == pages() | {"own.md": "stays"}


def test_documentation_that_cannot_be_written_is_told(aiqyn):
    result = aiqyn("rules", "--docs", "/dev/null/x")

    assert (result.exit_code, result.stderr) == (2, "aiqyn: /dev/null/x: Not a directory\n")


def test_rule_is_explained_by_its_code_in_any_case(aiqyn):
    assert aiqyn("explain", "p014", "--lang", "kk").stdout == rule_text(load()["P014"], "kk")


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("P06", "CODE: P06: there is no such rule; did you mean P0"),
        ("абв", "CODE: абв: there is no such rule\n"),
    ],
)
def test_unknown_rule_is_refused_with_what_is_near(aiqyn, code, message):
    result = aiqyn("explain", code)

    assert result.exit_code == 2
    assert result.stderr.startswith(f"aiqyn: {message}")


def test_codes_are_completed(aiqyn):
    found = module._codes(None, None, "s01")

    assert [item.value for item in found][:5] == ["S010", "S011", "S012", "S013", "S014"]


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("bash", "complete -o nosort -F _aiqyn_completion aiqyn"),
        ("zsh", "#compdef aiqyn"),
        ("fish", "complete --no-files --command aiqyn"),
    ],
)
def test_completion_is_a_script_for_the_shell(aiqyn, shell, line):
    result = aiqyn("completion", shell)

    assert result.exit_code == 0
    assert line in result.stdout


def test_output_nobody_reads_is_left_to_click(aiqyn, monkeypatch):
    @click.command()
    def unheard():
        raise BrokenPipeError(32, "Broken pipe")

    monkeypatch.setattr(module, "listing", unheard)

    result = aiqyn("rules")

    assert (result.exit_code, result.stderr) == (1, "")
