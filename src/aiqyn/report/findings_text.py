"""Findings of an audit for the terminal: the first page for whoever decides, then the details."""

import io
from collections.abc import Callable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from aiqyn.audit.drawn import NOT_RENDERED
from aiqyn.chain import Place
from aiqyn.report.bunches import Bunch, bunches, by_note
from aiqyn.report.comparing import STATUSES
from aiqyn.report.model import BROKEN, FACTORS, ORDER, Account, Chapter, Entry, weight
from aiqyn.report.words import said_seen, said_spot, since, word
from aiqyn.report.worth import number

GOOD, REPAIRS = 4, 7  # lines of the first page, which fits forty
SHOWN = 10  # lines of places of one note; JSON, CSV, XLSX and HTML have them all
EXAMPLES = 2  # of a bunch of places
NARROW = 72  # characters of a line, below which tables have fewer columns
STYLES = {
    "failed": "bold red",
    "partly": "yellow",
    "cannot_tell": "yellow",
    "question": "cyan",
    "passed": "green",
    "inapplicable": "dim",
}
MARKS = {
    "failed": "✗",
    "partly": "±",
    "cannot_tell": "?",
    "question": "?",
    "passed": "✓",
    "inapplicable": "–",
}


def findings_text(account: Account, *, width: int = 100, colour: bool = False) -> str:
    """Return the report as lines of at most `width` characters; `colour` adds terminal codes.

    Addresses alone may be longer: one cut in two cannot be followed.
    """
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
    _first_page(console, account)
    for chapter in account.chapters:
        _chapter(console, chapter, account)
    _sections(console, account)
    console.print()
    for key, value in account.origins.items():
        console.print(f"{word(key, account.language)}: {value}", soft_wrap=True)
    console.print(word("caution", account.language), style="dim")
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


# The first page


def _first_page(console: Console, account: Account) -> None:
    language = account.language
    console.print(word("title", language), style="bold")
    for key, value in account.facts.items():
        console.print(f"{word(key, language)}: {value}", soft_wrap=key == "site")
    if account.report.was_cut:
        console.print(word("cut", language), style="yellow")
    if account.score:
        console.print(account.score, style="bold")
    _changes(console, account)
    for key, shown, found in (
        ("good", account.good[:GOOD], account.good),
        ("first", account.repairs[:REPAIRS], account.repairs),
    ):
        if found or not account.is_part:
            _listed(console, account, key, shown, len(found))
    console.print()
    _families(console, account)


def _listed(console: Console, account: Account, key: str, shown: list[Entry], count: int) -> None:
    """One line a finding: details follow further down."""
    language = account.language
    console.print()
    console.print(f"{word(key, language)} ({count})", style="bold")
    if not shown:
        console.print(f"  {word('nothing_good' if key == 'good' else 'nothing_failed', language)}")
    for entry in shown:
        line = Styled(f"  {MARKS[entry.group]} ", style=STYLES[entry.group])
        line.append(f"{entry.finding.rule}  ", style="bold").append(entry.title, style="not bold")
        tail = _tail(entry, account, is_narrow=console.width < NARROW)
        line.truncate(max(20, console.width - len(tail)), overflow="ellipsis")
        console.print(line.append(tail, style="dim"), no_wrap=True)
    if count > len(shown):
        console.print(f"    … {word('further', language).format(count - len(shown))}")


def _tail(entry: Entry, account: Account, *, is_narrow: bool) -> str:
    if entry.group not in BROKEN:
        return ""
    gain = f"  +{number(entry.gain, account.language)}" if entry.gain else ""
    return gain if is_narrow else f"  [{word(entry.severity, account.language)}]{gain}"


def _families(console: Console, account: Account) -> None:
    """A row a topic; in a narrow terminal a column a mark, and what the marks mean below."""
    language = account.language
    groups = [group for group in ORDER if account.of_group(group)]
    titles = {group: f"{MARKS[group]} {word(group, language)}" for group in groups}
    columns = [[group] for group in groups]
    if console.width < NARROW:
        marks = dict.fromkeys(MARKS[group] for group in groups)
        columns = [[group for group in groups if MARKS[group] == mark] for mark in marks]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(word("families", language), no_wrap=True, overflow="ellipsis")
    for group, *_ in columns:
        title = MARKS[group] if console.width < NARROW else titles[group]
        table.add_column(title, justify="right", no_wrap=console.width < NARROW)
    for chapter in account.chapters:
        counts = [(sum(chapter.count[each] for each in of), of[0]) for of in columns]
        cells = [Styled(str(n or "·"), STYLES[first] if n else "dim") for n, first in counts]
        table.add_row(chapter.title, *cells)
    console.print(table)
    if console.width < NARROW:
        console.print("\n".join(titles.values()), style="dim")


def _changes(console: Console, account: Account) -> None:
    changes, language = account.changes, account.language
    if changes is None:
        return
    console.print()
    console.print(since(changes.earlier, language), style="bold")
    if not changes.rules:
        console.print(f"  {word('unchanged', language)}")
    for status in STATUSES:
        of_status = changes.of(status)
        if of_status:
            codes = ", ".join(change.rule for change in of_status)
            console.print(f"  {word(status, language)} ({len(of_status)}): {codes}")


# The details


def _chapter(console: Console, chapter: Chapter, account: Account) -> None:
    console.print()
    console.rule(chapter.title, align="left", style="dim", characters="─")
    for entry, *others in chapter.told:
        if others:
            _alike(console, [entry, *others], account.language)
        else:
            _entry(console, entry, account)


def _alike(console: Console, entries: list[Entry], language: str) -> None:
    """Requirements that were left open for one reason, which is told once."""
    group = entries[0].group
    told = f"{MARKS[group]} {word(group, language)} ({len(entries)})"
    console.print(Padding(Styled(told, style=STYLES[group]), (0, 0, 0, 2)))
    _indented(console, entries[0].note)
    if entries[0].finding.note == NOT_RENDERED:
        _indented(console, word("ask_rendered", language))
    for entry in entries:
        line = Styled("- ").append(f"{entry.finding.rule} ", style="bold")
        console.print(Padding(line.append(entry.title, style="not bold"), (0, 0, 0, 6)))


def _entry(console: Console, entry: Entry, account: Account) -> None:
    finding, language = entry.finding, account.language
    line = Styled(f"{MARKS[entry.group]} ", style=STYLES[entry.group])
    line.append(f"{finding.rule} ", style="bold").append(entry.title, style="not bold")
    line.append(f"  {word(entry.group, language)}", style=STYLES[entry.group])
    if finding.count:
        line.append(f"  {finding.count.good}/{finding.count.of} {word('good_of', language)}", "dim")
    console.print(Padding(line, (0, 0, 0, 2)))
    if entry.group in ("passed", "inapplicable"):
        return
    _indented(console, f"{word('clause', language)}: {entry.clause}")
    if entry.note:
        _indented(console, entry.note)
    if entry.group not in BROKEN:
        _places(console, entry, language)
        return
    _indented(console, " · ".join(weight(entry, language)))
    _places(console, entry, language)
    _became(console, entry, account)
    _indented(console, f"{word('fix', language)}: {entry.fix}")


def _places(console: Console, entry: Entry, language: str) -> None:
    say_more = word("further", language).format
    for note, places in by_note(entry.finding.places, entry.beside).items():
        _indented(console, note or f"{word('places', language)}:")
        lines = [line for bunch in bunches(places) for line in _lines(bunch, say_more, language)]
        for line in lines[:SHOWN]:
            console.print(f"      {line}", soft_wrap=True)
        if len(lines) > SHOWN:
            _indented(console, f"  … {say_more(len(lines) - SHOWN)}")
    if entry.finding.more:
        _indented(console, f"… {say_more(entry.finding.more)}")


def _lines(bunch: Bunch, say_more: Callable[[int], str], language: str) -> list[str]:
    if not bunch.prefix:
        return [f"- {_place(place, language)}" for place in bunch.places]
    examples = [f"    {_place(place, language)}" for place in bunch.places[:EXAMPLES]]
    head = word("many_at", language).format(prefix=bunch.prefix, count=len(bunch.places))
    return [f"- {head}", *examples, f"    … {say_more(len(bunch.places) - EXAMPLES)}"]


def _place(place: Place, language: str) -> str:
    where = said_spot(place.where, language)
    return " · ".join(filter(None, (place.address, where, said_seen(place, language))))


def _became(console: Console, entry: Entry, account: Account) -> None:
    """What became of the places of an earlier audit."""
    changes = account.changes.rules if account.changes else ()
    for change in changes:
        if change.rule == entry.finding.rule:
            said = [
                f"{word(status, account.language)}: {len(getattr(change, status))}"
                for status in STATUSES
                if getattr(change, status)
            ]
            if change.why:
                said.append(word(change.why, account.language))
            _indented(console, " · ".join(said))


def _sections(console: Console, account: Account) -> None:
    if not account.sections:
        return
    language = account.language
    console.print()
    console.rule(word("sections", language), align="left", style="dim", characters="─")
    is_narrow = console.width < NARROW
    columns = (FACTORS[-1],) if is_narrow else (*FACTORS, "newest")
    if not is_narrow:
        console.print(word("sections_said", language))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column(word("section", language), overflow="fold")
    for column in columns:
        table.add_column(word(column, language), justify="right")
    for line in account.sections:
        last = line.newest if line.address else word("not_found", language)
        told = (line.share,) if is_narrow else (*line.factors, line.share, last)
        table.add_row(line.title, *told)
    console.print(table)


def _indented(console: Console, text: str) -> None:
    console.print(Padding(text, (0, 0, 0, 4)))
