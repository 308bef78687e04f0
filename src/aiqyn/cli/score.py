"""`aiqyn score`: findings of one or many bodies → rating."""

import json
import sys
from decimal import Decimal
from typing import Any

import click
import msgspec

from aiqyn.chain import Finding, Rating, Recommendation
from aiqyn.cli import completing
from aiqyn.cli.audit_words import Spoken
from aiqyn.cli.speaking import Speech, given_bytes, spoken
from aiqyn.errors import InputError
from aiqyn.report.ratings import league_text, rating_text, ratings_csv
from aiqyn.scoring.engine import rank, recommend, score, survey
from aiqyn.scoring.methodology import Methodology, methodology

Bodies = dict[str, list[Finding]]


@click.command("score", cls=Spoken)
@click.argument("method_id", metavar="METHODOLOGY", shell_complete=completing.methodologies)
@click.argument("path", metavar="FINDINGS")
@click.option("--body", default="")
@spoken
def command(method_id: str, path: str, body: str, speech: Speech) -> None:
    """Score FINDINGS by METHODOLOGY; the help is in main_words.yaml."""
    method = methodology(method_id)
    bodies = read_findings(path, given_bytes(path), body)
    spreads = survey(bodies.items(), method) if method.relative else None
    ratings = [score(code, found, method, spreads=spreads) for code, found in bodies.items()]
    ranked = rank(ratings, method, spreads=spreads)
    advice = {r.body: recommend(r, method, spreads=spreads) for r in ratings}
    speech.say(
        [{"rank": n, "rating": r, "recommendations": advice[r.body]} for n, r in ranked],
        text=lambda: _text(ranked, advice, method, speech.language),
        csv=lambda: ratings_csv(ranked, method),
    )
    sys.exit(int(any(rating.points is None for rating in ratings)))


def _text(
    ranked: list[tuple[int | None, Rating]],
    advice: dict[str, list[Recommendation]],
    method: Methodology,
    language: str,
) -> str:
    if len(ranked) > 1:
        return league_text(ranked, method, language)
    return "".join(rating_text(r, advice[r.body], method, language) for _, r in ranked)


def read_findings(path: str, content: bytes, body: str) -> Bodies:
    """Return the findings by body; raises InputError with the place in the file."""
    data = _json(path, content)
    if isinstance(data, dict) and "findings" in data:
        named = body or data.get("body") or data.get("start") or path
        return {str(named): _list(path, data["findings"])}
    if isinstance(data, dict):
        return {code: _list(path, each, code) for code, each in data.items()}
    return {body or path: _list(path, data)}


def _json(path: str, content: bytes) -> Any:
    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        for key in keys:
            if keys.count(key) > 1:
                raise InputError(path, key, "the key stands twice")
        return dict(pairs)

    try:
        return json.loads(
            content, parse_float=Decimal, parse_constant=Decimal, object_pairs_hook=unique
        )
    except json.JSONDecodeError as problem:
        place = f"line {problem.lineno}, column {problem.colno}"
        raise InputError(path, place, f"not JSON: {problem.msg}") from None
    except UnicodeDecodeError:
        raise InputError(path, "", "not JSON: not UTF-8") from None
    except RecursionError:
        raise InputError(path, "", "not JSON: nested too deep") from None


def _list(path: str, data: Any, code: str = "") -> list[Finding]:
    try:
        return msgspec.convert(data, list[Finding])
    except msgspec.ValidationError as problem:
        raise InputError(path, code, str(problem)) from None
