"""`aiqyn methodologies`: what there is, what one says, what changed between two."""

import sys

import click

from aiqyn.cli.audit_words import Spoken
from aiqyn.cli.speaking import Speech, spoken
from aiqyn.report.ratings import (
    diff_csv,
    diff_text,
    methodologies_csv,
    methodology_csv,
    methodology_text,
)
from aiqyn.scoring.diff import diff
from aiqyn.scoring.methodology import Methodology, digest, methodology, methodology_ids
from aiqyn.text import say


@click.command("methodologies", cls=Spoken)
@click.argument("method_id", metavar="[ID]", required=False)
@click.option("--diff", "other", metavar="OTHER")
@spoken
def command(method_id: str | None, other: str | None, speech: Speech) -> None:
    """List the methodologies, print one, or compare two; the help is in main_words.yaml."""
    if other and not method_id:
        raise click.UsageError("--diff needs two editions: ID --diff OTHER")
    if method_id is None:
        _all(speech)
    elif other is None:
        _one(methodology(method_id), speech)
    else:
        changes = diff(methodology(method_id), methodology(other))
        speech.say(
            changes,
            text=lambda: diff_text(changes, speech.language),
            csv=lambda: diff_csv(changes),
        )
        sys.exit(int(bool(changes)))


def _all(speech: Speech) -> None:
    found = [methodology(each) for each in methodology_ids()]
    width = max(len(method.id) for method in found)
    speech.say(
        [{"id": m.id, "title": m.title, "kind": m.kind, "sha256": digest(m.id)} for m in found],
        text=lambda: "".join(f"{m.id:<{width}}  {say(m.title, speech.language)}\n" for m in found),
        csv=lambda: methodologies_csv(found, speech.language),
    )


def _one(method: Methodology, speech: Speech) -> None:
    speech.say(
        {"sha256": digest(method.id), "methodology": method},
        text=lambda: methodology_text(method, speech.language),
        csv=lambda: methodology_csv(method, speech.language),
    )
