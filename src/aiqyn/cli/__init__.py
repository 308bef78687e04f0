"""`aiqyn`: audit a site, grade data, score findings, check published tables, read the rules.

Every command answers with an exit code: 0 nothing failed, 1 something failed,
2 bad input or an address that does not answer.
"""

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import click

from aiqyn import __version__
from aiqyn.cli.audit_words import SpokenGroup, asked_language
from aiqyn.cli.stopping import code_of_stop, stopped_like_ctrl_c
from aiqyn.cli.troubles import said, word
from aiqyn.errors import AiqynError
from aiqyn.patterns import kept
from aiqyn.text import LANGUAGES

# Each command is read only when it is called: listing the rules needs no crawler.
COMMANDS = {
    "audit": "aiqyn.cli.audit:command",
    "grade": "aiqyn.cli.grade:command",
    "act": "aiqyn.cli.act:command",
    "warc": "aiqyn.cli.warc:command",
    "rules": "aiqyn.cli.rules:listing",
    "explain": "aiqyn.cli.rules:explain",
    "score": "aiqyn.cli.score:command",
    "check": "aiqyn.cli.check:command",
    "index": "aiqyn.cli.index:command",
    "due": "aiqyn.cli.due:command",
    "verify": "aiqyn.cli.verify:command",
    "verify-signature": "aiqyn.cli.verify_signature:command",
    "methodologies": "aiqyn.cli.methodologies:command",
    "completion": "aiqyn.cli.rules:completion",
}


class Commands(SpokenGroup):
    """Finds commands by name; says what went wrong in one line instead of a traceback."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta["language"] = asked_language(args)
        with _usage_in_words(ctx):
            return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        with kept(module):
            command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        _never_fail_on_a_letter()
        language = ctx.meta["language"]
        try:
            with _usage_in_words(ctx), stopped_like_ctrl_c(ctx.meta):
                return super().invoke(ctx)
        except AiqynError as problem:
            click.echo(f"aiqyn: {said(problem, language)}", err=True)
            ctx.exit(2)
        except OSError as problem:
            if problem.errno == errno.EPIPE:  # the reader has gone: click ends quietly
                raise
            told = filter(None, (problem.filename, problem.strerror or str(problem)))
            click.echo(f"aiqyn: {said(': '.join(map(str, told)), language)}", err=True)
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo(f"aiqyn: {said('stopped', language)}", err=True)
            ctx.exit(code_of_stop(ctx.meta))


@contextmanager
def _usage_in_words(ctx: click.Context) -> Iterator[None]:
    """A command called wrongly is told so by click in English, by us in other languages."""
    language = ctx.meta["language"]
    try:
        yield
    except click.UsageError as problem:
        if language == "en" or isinstance(problem, click.exceptions.NoArgsIsHelpError):
            raise
        asked = problem.ctx or ctx
        click.echo(asked.get_usage(), err=True)
        click.echo(word("try_help", language, command=asked.command_path), err=True)
        told = said(problem.format_message(), language)
        click.echo(f"\n{word('error', language, problem=told)}", err=True)
        ctx.exit(problem.exit_code)


def _never_fail_on_a_letter() -> None:
    """A terminal in windows-1251 has no «ә»: show a question mark and go on."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aiqyn")
@click.option("--lang", "language", type=click.Choice(LANGUAGES), expose_value=False)
def main() -> None:
    """Open government that measures itself; the help is in main_words.yaml."""
