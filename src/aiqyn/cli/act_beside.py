"""`aiqyn act compare` and `aiqyn act pair`: two texts of an act beside each other."""

import csv
import io
import sys
from collections.abc import Sequence
from functools import cache

import click

from aiqyn.acts import Paragraph, redline
from aiqyn.acts.pairing import Pair, pair
from aiqyn.acts.reading import read
from aiqyn.acts.redline import Change, Run
from aiqyn.catalogue import ROOT
from aiqyn.catalogue import read as read_yaml
from aiqyn.cli.act_beside_page import page
from aiqyn.cli.audit_words import Spoken
from aiqyn.cli.speaking import Speech, given_bytes, spoken
from aiqyn.text import Text, inert, say

_MARKS = {"kept": "{}", "added": "{{+{}+}}", "removed": "[-{}-]"}


@cache
def words() -> dict[str, Text]:
    return read_yaml(ROOT / "cli" / "act_beside_words.yaml", dict[str, Text])


@click.command("compare", cls=Spoken)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--html", "as_page", is_flag=True)
@spoken
def compare(old: str, new: str, *, as_page: bool, speech: Speech) -> None:
    """Show what changed from the act in OLD to that in NEW; the help is in main_words.yaml."""
    before, after = read(given_bytes(old), old), read(given_bytes(new), new)
    changes = redline.acts(before, after)
    said = {code: say(text, speech.language) for code, text in words().items()}
    languages = (speech.language, after.language)
    if as_page:
        speech = speech._replace(shape="text")
    speech.say(
        changes,
        text=lambda: page(changes, said, languages) if as_page else _told(changes, said),
        csv=lambda: _changes_csv(changes),
    )
    sys.exit(int(any(change.what != "same" for change in changes)))


@click.command("pair", cls=Spoken)
@click.argument("kk", metavar="KK")
@click.argument("ru", metavar="RU")
@spoken
def beside(kk: str, ru: str, speech: Speech) -> None:
    """Lay the Kazakh text in KK beside the Russian one in RU; the help is in main_words.yaml."""
    pairs = pair(read(given_bytes(kk), kk, "kk"), read(given_bytes(ru), ru, "ru"))
    speech.say(
        pairs,
        text=lambda: _divergences_told(pairs, speech.language),
        csv=lambda: _pairs_csv(pairs, speech.language),
    )
    sys.exit(int(any(one.divergences for one in pairs)))


def _told(changes: Sequence[Change], said: dict[str, str]) -> str:
    """Unchanged paragraphs are left out; a word with a changed number alone is one line."""
    lines = []
    changed = [change for change in changes if change.what != "same"]
    for change in changed:
        places = f"{_eids(change.old)} → {_eids(change.new)}".removeprefix(" → ").removesuffix(
            " → "
        )
        lines += [f"{said[change.what]}: {places}", f"  {marked(change.runs)}", ""]
    lines.append(said["compared"].format(changed=len(changed), total=len(changes)))
    return "\n".join(lines) + "\n"


def marked(runs: Sequence[Run]) -> str:
    """Return runs on one line: {+added+}, [-removed-]."""
    return " ".join("".join(_MARKS[run.what].format(run.text) for run in runs).split())


def _eids(paragraphs: Sequence[Paragraph]) -> str:
    return ", ".join(paragraph.eid for paragraph in paragraphs)


def _changes_csv(changes: Sequence[Change]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("what", "old", "new", "text"))
    for change in changes:
        row = (change.what, _eids(change.old), _eids(change.new), marked(change.runs))
        writer.writerow([inert(cell) for cell in row])
    return out.getvalue()


def _divergences_told(pairs: Sequence[Pair], language: str) -> str:
    lines = [
        f"{_place(one)}: {say(found.phrase, language)}"
        for one in pairs
        for found in one.divergences
    ]
    said = say(words()["paired"], language)
    return "\n".join((*lines, said.format(found=len(lines), total=len(pairs)))) + "\n"


def _place(one: Pair) -> str:
    ours, theirs = one.kk.eid if one.kk else "", one.ru.eid if one.ru else ""
    return ours if ours == theirs else f"{ours or '–'} / {theirs or '–'}"


def _pairs_csv(pairs: Sequence[Pair], language: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("kk", "ru", "code", "phrase"))
    for one in pairs:
        ours, theirs = one.kk.eid if one.kk else "", one.ru.eid if one.ru else ""
        for found in one.divergences:
            row = (ours, theirs, found.code, say(found.phrase, language))
            writer.writerow([inert(cell) for cell in row])
    return out.getvalue()
