"""What the commands that audit and grade say on the terminal, in three languages."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TypeVar

import click

from aiqyn.catalogue import ROOT, read
from aiqyn.cli.speaking import language_asked
from aiqyn.text import LANGUAGES, Text, say

Command = TypeVar("Command", bound=Callable[..., object])


@cache
def phrases() -> dict[str, Text]:
    """Return all phrases by key; those of `aiqyn` itself and of some commands stand apart."""
    sources = (
        ROOT / "cli" / name for name in ("audit_words.yaml", "grade_words.yaml", "main_words.yaml")
    )
    return {key: text for source in sources for key, text in read(source, dict[str, Text]).items()}


def phrase(key: str, language: str, **filled: object) -> str:
    """Return one sentence; `filled` goes into its named gaps, "gap" into the unnamed one."""
    text = say(phrases()[key], language)
    return text.format(filled.pop("gap", ""), **filled) if filled else text


def tell(key: str, language: str, **filled: object) -> None:
    """Say one sentence on standard error."""
    click.echo(phrase(key, language, **filled), err=True)


class Spoken(click.Command):
    """A command whose help is written in <command>_words.yaml and follows --lang."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.meta["language"] = asked_language(args)
        return super().parse_args(ctx, args)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=self._said(ctx, "usage"))

    def get_short_help_str(self, limit: int = 45) -> str:
        return phrase(f"short_{self.name}", language_asked())

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self._said(ctx, f"help_{self.name}"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = []
        for option in self.get_params(ctx):
            record = option.get_help_record(ctx) if isinstance(option, click.Option) else None
            if record is not None:
                rows.append((record[0], self._explained(ctx, option, record[1])))
        with formatter.section(self._said(ctx, "options")):
            formatter.write_dl(rows)

    def _explained(self, ctx: click.Context, option: click.Parameter, extra: str) -> str:
        """The sentence about an option, and the default that click adds."""
        default = extra[extra.rindex("[") :] if "[" in extra else ""
        for word, key in (("required", "required"), ("default:", "by_default")):
            default = default.replace(word, self._said(ctx, key))
        name = "help" if "--help" in option.opts else option.name
        own = f"help_{self.name}_{name}"
        return f"{self._said(ctx, own if own in phrases() else f'help_{name}')} {default}".strip()

    @staticmethod
    def _said(ctx: click.Context, key: str) -> str:
        return phrase(key, ctx.meta.get("language") or language_asked())


class SpokenGroup(Spoken, click.Group):
    """Commands of which each has one line, short_<command>, in the list."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        rows = [(name, self._said(ctx, f"short_{name}")) for name in self.list_commands(ctx)]
        with formatter.section(self._said(ctx, "commands")):
            formatter.write_dl(rows)


def asked_language(args: Sequence[str]) -> str:
    """The value of --lang among raw arguments; else the language already known."""
    for number, word in enumerate(args):
        value = word.partition("=")[2] if word.startswith("--lang=") else ""
        if word == "--lang" and number + 1 < len(args):
            value = args[number + 1]
        if value in LANGUAGES:
            return value
    return language_asked()


def language_option() -> Callable[[Command], Command]:
    """The option --lang of a Spoken command."""
    return click.option("--lang", "language", type=click.Choice(LANGUAGES), default=language_asked)
