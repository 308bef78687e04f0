"""`aiqyn index`: what an index published, computed again; or the answers you give, scored."""

import re
import sys
from decimal import Decimal, InvalidOperation
from importlib.resources.abc import Traversable
from pathlib import Path

import click
import msgspec

from aiqyn.catalogue import parse
from aiqyn.chain import Count, Finding, Outcome
from aiqyn.cli.audit_words import Spoken
from aiqyn.cli.speaking import Speech, given_bytes, spoken
from aiqyn.errors import CatalogueError, InputError
from aiqyn.report.ratings import index_csv, index_text, rating_text, ratings_csv
from aiqyn.scoring.cases import Answers
from aiqyn.scoring.engine import rank, score
from aiqyn.scoring.indices import index_ids, reproduce, results_in
from aiqyn.scoring.methodology import FOLDER, Methodology, load, methodology, methodology_ids
from aiqyn.scoring.tally import STATED

WORDS = {
    "yes": Outcome.PASSED,
    "partly": Outcome.PARTLY,
    "no": Outcome.FAILED,
    "unknown": Outcome.CANNOT_TELL,
    "inapplicable": Outcome.INAPPLICABLE,
}


@click.command("index", cls=Spoken)
@click.argument("name", metavar="INDEX")
@click.argument("answers", nargs=-1, metavar="[ANSWER=VALUE]...")
@click.option("--file", "path", metavar="FILE")
@click.option("--country", default="", metavar="CODE")
@spoken
def command(
    name: str, answers: tuple[str, ...], path: str | None, country: str, speech: Speech
) -> None:
    """Show an INDEX beside our own computation, or score answers; main_words.yaml has the help."""
    folder = find(name)
    method = load(folder)
    if answers or path:
        findings = [answer(each, method) for each in answers]
        findings += from_file(path) if path else []
        rating = score(country or "answers", findings, method)
        speech.say(
            rating,
            text=lambda: rating_text(rating, [], method, speech.language),
            csv=lambda: ratings_csv(rank([rating], method), method),
        )
        sys.exit(int(rating.points is None))
    found = [c for c in reproduce(folder) if country in ("", c.published.body)]
    if not found:
        raise CatalogueError(name, f"nothing was published for {country!r}")
    made = results_in(folder)
    speech.say(
        found,
        text=lambda: index_text(found, made, method, speech.language),
        csv=lambda: index_csv(found),
    )
    sys.exit(int(any(each.agrees is False for each in found)))


def find(name: str) -> Traversable:
    """Return the folder of an index: by id, by short name, or a folder of the user's own."""
    if Path(name).is_dir():
        return Path(name).resolve()
    for known in methodology_ids():
        if name in (known, methodology(known).short):
            return FOLDER / known
    raise CatalogueError(name, f"there is no such index; there are {', '.join(index_ids())}")


def answer(text: str, method: Methodology) -> Finding:
    """Read one answer; raises InputError for an unknown name or value."""
    name, _, value = text.partition("=")
    if name in {criterion.code for criterion in method.criteria}:
        return Finding(rule=STATED + name, outcome=Outcome.PASSED, value=_number(name, value))
    if name not in method.rules:
        asked = [criterion.code for criterion in method.criteria] + sorted(method.rules)
        raise InputError("answers", name, f"no such question; there are {', '.join(asked)}")
    if value in WORDS:
        return Finding(rule=name, outcome=WORDS[value])
    if counted := re.fullmatch(r"(\d+)/(\d+)", value):
        good, of = int(counted[1]), int(counted[2])
        outcome = Outcome.PASSED if good == of else Outcome.FAILED
        return Finding(rule=name, outcome=outcome, count=Count(good=good, of=of))
    return Finding(rule=name, outcome=Outcome.PASSED, value=_number(name, value))


def from_file(path: str) -> list[Finding]:
    """Read answers from YAML or JSON; raises InputError with the path in the file."""
    try:
        return list(parse(given_bytes(path), Answers).findings())
    except msgspec.DecodeError as problem:
        raise InputError(path, "", str(problem)) from None


def _number(name: str, value: str) -> Decimal:
    try:
        return Decimal(value)
    except InvalidOperation:
        words = ", ".join(WORDS)
        raise InputError("answers", name, f"{value!r} is not a number, {words} or n/m") from None
