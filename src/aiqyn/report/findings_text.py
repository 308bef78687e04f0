"""Findings of an audit for the terminal."""

import io

from rich.console import Console
from rich.padding import Padding
from rich.text import Text as Styled

from aiqyn.audit import Report
from aiqyn.report.findings import ORDER, Entry, edition_of, entries
from aiqyn.report.words import said_place, word
from aiqyn.text import say

SHOWN = 10  # places of one finding; JSON, CSV and HTML have them all
STYLES = {
    "failed": "bold red",
    "partly": "yellow",
    "cannot_tell": "yellow",
    "question": "cyan",
    "passed": "green",
    "inapplicable": "dim",
}


def findings_text(report: Report, language: str, *, width: int = 100, colour: bool = False) -> str:
    """Return the report as lines of at most `width` characters; `colour` adds terminal codes."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        no_color=not colour,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    _head(console, report, language)
    found = entries(report, language)
    for group in ORDER:
        members = [entry for entry in found if entry.group == group]
        if members:
            console.print()
            console.print(f"{word(group, language)} ({len(members)})", style=STYLES[group])
        for entry in members:
            _write(console, entry, language)
    _foot(console, found, language)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _head(console: Console, report: Report, language: str) -> None:
    edition = edition_of(report)
    pages, documents = word("pages", language), word("documents", language)
    facts = (
        ("site", f"{report.start} {report.body}".strip()),
        ("regulation", say(edition.act, language)),
        ("as_of", report.as_of.isoformat()),
        ("read", f"{report.pages} {pages}, {report.documents} {documents}"),
        ("evidence", report.manifest_sha256),
    )
    console.print(word("title", language), style="bold")
    for key, value in facts:
        console.print(f"{word(key, language)}: {value}", soft_wrap=key in ("site", "evidence"))
    if report.was_cut:
        console.print(word("cut", language), style="yellow")


def _write(console: Console, entry: Entry, language: str) -> None:
    finding = entry.finding
    line = Styled(f"{finding.rule} ", style="bold").append(entry.title, style="not bold")
    if finding.count:
        line.append(f"  {finding.count.good}/{finding.count.of} {word('good_of', language)}", "dim")
    console.print(Padding(line, (0, 0, 0, 2)))
    if entry.group in ("passed", "inapplicable"):
        return
    _indented(console, f"{word('clause', language)}: {entry.clause}")
    if entry.note:
        _indented(console, entry.note)
    if finding.places:
        _places(console, entry, language)
        _indented(console, f"{word('fix', language)}: {entry.fix}")


def _places(console: Console, entry: Entry, language: str) -> None:
    finding = entry.finding
    shown = finding.places[:SHOWN]
    for note in dict.fromkeys(map(entry.note_of, shown)):
        _indented(console, note)
        for place in (place for place in shown if entry.note_of(place) == note):
            where = said_place(place.where, language)
            parts = filter(None, (place.address, where, place.saw))
            # Not wrapped: an address cut in two cannot be followed.
            console.print(f"      - {' · '.join(parts)}", soft_wrap=True)
    hidden = len(finding.places) - len(shown) + finding.more
    if hidden:
        _indented(console, f"… {word('more', language)}: {hidden}")


def _indented(console: Console, text: str) -> None:
    console.print(Padding(text, (0, 0, 0, 4)))


def _foot(console: Console, found: list[Entry], language: str) -> None:
    console.print()
    if not any(entry.group == "failed" for entry in found):
        console.print(word("nothing_failed", language), style="green")
    console.print(word("caution", language), style="dim")
