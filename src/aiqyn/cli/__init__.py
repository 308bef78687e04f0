"""`aiqyn`: audit a site, grade data, score findings, check published tables, read the rules.

Every command answers with an exit code: 0 nothing failed, 1 something failed,
2 bad input or an address that does not answer.
"""

import errno
import sys
from importlib import import_module

import click

from aiqyn import __version__
from aiqyn.errors import AiqynError

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
INTERRUPTED = 130  # what shells say of a program stopped by Ctrl-C


class Commands(click.Group):
    """Finds commands by name; says what went wrong in one line instead of a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        _never_fail_on_a_letter()
        try:
            return super().invoke(ctx)
        except AiqynError as problem:
            click.echo(f"aiqyn: {problem}", err=True)
            ctx.exit(2)
        except OSError as problem:
            if problem.errno == errno.EPIPE:  # the reader has gone: click ends quietly
                raise
            said = filter(None, (problem.filename, problem.strerror or str(problem)))
            click.echo(f"aiqyn: {': '.join(map(str, said))}", err=True)
            ctx.exit(2)
        except KeyboardInterrupt:
            click.echo("aiqyn: stopped", err=True)
            ctx.exit(INTERRUPTED)


def _never_fail_on_a_letter() -> None:
    """A terminal in windows-1251 has no «ә»: show a question mark and go on."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aiqyn")
def main() -> None:
    """Open government that measures itself: audit, score, publish.

    Exit codes: 0 nothing failed, 1 something failed, 2 bad input or no answer.
    """
