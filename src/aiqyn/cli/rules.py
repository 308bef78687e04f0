"""`aiqyn rules`, `aiqyn explain CODE`, `aiqyn completion SHELL`."""

from difflib import get_close_matches
from pathlib import Path

import click
import msgspec
from click.shell_completion import CompletionItem, get_completion_class

from aiqyn.cli.audit_words import Spoken, language_option
from aiqyn.errors import InputError
from aiqyn.report.rulebook import pages, rule_text, rules_text
from aiqyn.rules import Rule, load


@click.command("rules", cls=Spoken)
@language_option()
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
@click.option("--docs", type=click.Path(file_okay=False, path_type=Path))
def listing(language: str, shape: str, docs: Path | None) -> None:
    """List every rule; the help is in main_words.yaml."""
    if docs is not None:
        _write_pages(docs)
    elif shape == "json":
        texts = [rule.text for rule in load().values()]
        click.echo(msgspec.json.format(msgspec.json.encode(texts), indent=1))
    else:
        click.echo(rules_text(language), nl=False)


def _write_pages(folder: Path) -> None:
    """Write all pages; a page of a rule that is no more is removed."""
    written = pages()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.glob("[A-Z][0-9]*.md"):
            if path.name not in written:
                path.unlink()
        for name, content in written.items():
            (folder / name).write_text(content, encoding="utf-8")
    except OSError as problem:
        raise InputError(folder, "", problem.strerror or "cannot be written") from None
    click.echo(f"{len(written)} → {folder}", err=True)


def _codes(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [
        CompletionItem(code, help=rule.text.title["en"])
        for code, rule in load().items()
        if code.startswith(incomplete.upper())
    ]


@click.command("explain", cls=Spoken)
@click.argument("code", shell_complete=_codes)
@language_option()
def explain(code: str, language: str) -> None:
    """Explain the rule CODE; the help is in main_words.yaml."""
    click.echo(rule_text(_find(code), language), nl=False)


def _find(code: str) -> Rule:
    rule = load().get(code.upper())
    if rule is None:
        near = get_close_matches(code.upper(), load(), n=3, cutoff=0.5)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise InputError("CODE", code, f"there is no such rule{hint}")
    return rule


@click.command("completion", cls=Spoken)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print a script that completes commands; the help is in main_words.yaml."""
    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101  # click has all three
    main = ctx.find_root().command
    script = kind(main, {}, "aiqyn", "_AIQYN_COMPLETE").source_template % {
        "complete_func": "_aiqyn_completion",
        "complete_var": "_AIQYN_COMPLETE",
        "prog_name": "aiqyn",
    }
    click.echo(script)
