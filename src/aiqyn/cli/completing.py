"""What a shell may complete: rules, methodologies, bodies."""

import click
from click.shell_completion import CompletionItem

from aiqyn.registry.shipped import shipped_registry
from aiqyn.rules import load
from aiqyn.scoring.methodology import methodology, methodology_ids
from aiqyn.text import say


def rule_codes(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Codes of rules; of a list with commas, the last one."""
    before, comma, last = incomplete.rpartition(",")
    return [
        CompletionItem(f"{before}{comma}{code}", help=rule.text.title["en"])
        for code, rule in load().items()
        if code.startswith(last.upper())
    ]


def methodologies(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [
        CompletionItem(each, help=say(methodology(each).title, "en"))
        for each in methodology_ids()
        if each.startswith(incomplete)
    ]


def bodies(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    return [
        CompletionItem(body.code, help=say(body.name, "en"))
        for body in shipped_registry().bodies
        if body.code.startswith(incomplete)
    ]
