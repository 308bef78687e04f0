"""`aiqyn act`: the structure of a legal act, and the act in another format."""

import csv
import io
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import click

from aiqyn.acts import Act, Paragraph, paragraphs
from aiqyn.acts.categories import suggest
from aiqyn.acts.reading import LANGUAGES, read
from aiqyn.acts.troubles import wordings
from aiqyn.acts.writing import Meta, akn, docx, html, pdf
from aiqyn.cli.act_beside import beside, compare
from aiqyn.cli.audit_words import Spoken, SpokenGroup
from aiqyn.cli.speaking import Speech, given_bytes, spoken
from aiqyn.errors import InputError
from aiqyn.text import inert, say

BESIDE: Mapping[str, Callable[[Act, Act | None], bytes]] = {"html": html, "docx": docx, "pdf": pdf}
SHAPES = ("akn", *BESIDE)


def _of_language(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command --written-in."""
    return click.option(
        "--written-in",
        type=click.Choice(("", *LANGUAGES)),
        default="",
        metavar="[kk|ru]",
    )(command)


@click.group("act", cls=SpokenGroup)
def command() -> None:
    """Read texts of legal acts; the help is in main_words.yaml."""


command.add_command(compare)
command.add_command(beside)


@command.command("outline", cls=Spoken)
@click.argument("path", metavar="FILE")
@_of_language
@spoken
def outline(path: str, written_in: str, speech: Speech) -> None:
    """Show how the act in FILE is built; the help is in main_words.yaml."""
    act = read(given_bytes(path), path, written_in)
    found = paragraphs(act)
    speech.say(act, text=lambda: _told(act, found, speech.language), csv=lambda: _csv(found))
    sys.exit(int(bool(act.troubles)))


@command.command("convert", cls=Spoken)
@click.argument("path", metavar="FILE")
@click.option("--to", "shape", type=click.Choice(SHAPES), required=True)
@click.option("--beside", metavar="FILE")
@click.option("--body", default="")
@click.option("--adopted", is_flag=True)
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False))
@_of_language
def convert(path: str, out: Path | None, written_in: str, **asked: object) -> None:
    """Write the act in FILE in another format; the help is in main_words.yaml."""
    act = read(given_bytes(path), path, written_in)
    written = _written(act, asked)
    if out is None:
        click.echo(written, nl=False)
        return
    try:
        out.write_bytes(written)
    except OSError as problem:
        raise InputError(out, "", problem.strerror or "cannot be written") from None


def _written(act: Act, asked: dict[str, object]) -> bytes:
    beside = str(asked["beside"] or "")
    if asked["shape"] == "akn":
        if beside:
            raise click.UsageError("Akoma Ntoso holds one language in a document.")
        day = asked["day"]
        version_on = day.date() if isinstance(day, datetime) else datetime.now(UTC).date()
        meta = Meta(version_on=version_on, body=str(asked["body"]), is_draft=not asked["adopted"])
        return akn(act, meta)
    other = read(given_bytes(beside), beside) if beside else None
    return BESIDE[str(asked["shape"])](act, other)


def _told(act: Act, found: list[Paragraph], language: str) -> str:
    lines = [act.title, ""]
    for each in found:
        said = " ".join(f"{each.marker} {each.text}".split())
        lines.append(f"{'  ' * each.depth}{said[:100]}  [{each.eid}]")
    for trouble in act.troubles:
        wording = wordings()[trouble.code]
        place = f" ({trouble.where} {trouble.saw})".replace("( ", "(") if trouble.saw else ""
        told = f"! {say(wording.title, language)}{place}"
        lines += ["", told, f"  {say(wording.repair, language)}"]
    categories = ", ".join(f"{code} {share:.0%}" for code, share in suggest(act))
    return "\n".join((*lines, *(["", categories] if categories else []))) + "\n"


def _csv(found: list[Paragraph]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("eid", "kind", "number", "marker", "text"))
    for each in found:
        row = (each.eid, each.kind.value, each.number, each.marker, each.text)
        writer.writerow([inert(cell) for cell in row])
    return out.getvalue()
