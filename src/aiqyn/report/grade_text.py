"""Grades for the terminal: what, where, what stands there, what should, and what to do."""

import io
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Styled

from aiqyn.chain import Place
from aiqyn.report.findings_text import MARKS, STYLES
from aiqyn.report.grade_model import Fault, Told, drawn
from aiqyn.report.grade_saw import said_saw, said_step
from aiqyn.report.model import Entry, weight
from aiqyn.report.words import said_place, word

SHOWN = 5  # places of one fault, unless all are asked for


def grades_text(
    told: Sequence[Told], *, width: int = 100, colour: bool = False, all_places: bool = False
) -> str:
    """Return the grades as lines of at most `width` characters; `colour` adds terminal codes."""

    def write(console: Console) -> None:
        for each in told:
            _file(console, each, None if all_places else SHOWN)
            console.print()
        if len(told) > 1:
            _together(console, told)
            console.print()
        if told:
            console.print(told[0].word("grade_caution"), style="dim")

    return _written(write, width, colour)


def stars_text(told: Sequence[Told], *, width: int = 100, colour: bool = False) -> str:
    """Return the stars alone: one file a line, and the step to the next star."""
    return _written(lambda console: _together(console, told), width, colour)


def _written(write: Callable[[Console], None], width: int, colour: bool) -> str:
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
    write(console)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _file(console: Console, told: Told, shown: int | None) -> None:
    console.print(told.word("grade_title"), style="bold")
    for key, value in told.facts.items():
        console.print(f"{told.word(key)}: {value}", soft_wrap=key in ("file", "address"))
    if told.grade.file.was_cut:
        console.print(told.word("file_cut"), style="yellow")
    _stars(console, told)
    _personal(console, told)
    _listed(console, told, "to_repair", told.broken, shown)
    if told.doubtful:
        _listed(console, told, "to_look", told.doubtful, shown)
    console.print()
    for key, group in (("passed_list", "passed"), ("not_applied", "inapplicable")):
        if found := told.of_group(group):
            codes = ", ".join(sorted(entry.finding.rule for entry in found))
            console.print(f"{MARKS[group]} {told.word(key)} ({len(found)}): {codes}", style="dim")


def _stars(console: Console, told: Told) -> None:
    stars = told.grade.stars
    console.print()
    line = Styled(told.stars, style="bold yellow")
    line.append(f"  {told.word('stars_of').format(count=stars.count)}", style="not bold")
    console.print(line)
    for step, asks in told.steps:
        seen = f" ({said_step(step, told.language)})" if step.saw else ""
        console.print(f"  {MARKS[step.outcome]} {step.star}. {asks}{seen}")
    wrong, repair = told.missing
    if not wrong:
        console.print(told.word("all_stars"))
        return
    console.print(f"{told.word('next_step')}: {wrong} {repair}")
    console.print(told.word("reach").format(drawn(stars.reach)))


def _personal(console: Console, told: Told) -> None:
    if not told.personal:
        return
    console.print()
    console.print(told.word("personal"), style="bold red")
    for title, count in told.personal:
        console.print(f"  ! {title}: {count}")
    console.print(f"  {told.word('holds')}")


def _listed(
    console: Console, told: Told, key: str, entries: Sequence[Entry], shown: int | None
) -> None:
    console.print()
    console.print(f"{told.word(key)} ({len(entries)})", style="bold")
    if not entries:
        console.print(f"  {told.word('nothing_to_repair')}")
    for entry in entries:
        _entry(console, told, entry, shown)


def _entry(console: Console, told: Told, entry: Entry, shown: int | None) -> None:
    finding = entry.finding
    line = Styled(f"{MARKS[entry.group]} ", style=STYLES[entry.group])
    line.append(f"{finding.rule} ", style="bold").append(entry.title, style="not bold")
    if finding.count:
        share = f"  {finding.count.good}/{finding.count.of} {told.word('good_of')}"
        line.append(share, style="dim")
    console.print(Padding(line, (0, 0, 0, 2)))
    for said in (entry.note, " · ".join(weight(entry, told.language))):
        if said:
            _indented(console, said)
    faults = told.faults(entry)
    for fault in faults:
        _fault(console, told, fault, shown, finding.more if len(faults) == 1 else 0)
    if finding.more and len(faults) > 1:
        _indented(console, f"… {told.word('further').format(finding.more)}")


def _fault(console: Console, told: Told, fault: Fault, shown: int | None, more: int) -> None:
    """Tell one fault; `more` places of it are not even listed."""
    _indented(console, fault.wrong)
    for place in fault.places[:shown]:
        console.print(f"      - {place_said(place, told.language)}", soft_wrap=True)
    if hidden := len(fault.places) - len(fault.places[:shown]) + more:
        _indented(console, f"  … {told.word('further').format(hidden)}")
    mended = f" {told.word('mended')}" if fault.is_mended else ""
    _indented(console, f"{told.word('repair')}: {fault.repair}{mended}")


def place_said(place: Place, language: str) -> str:
    """Say where, what stands there, and what should: "row 3 · 1.4.25 → 2025-04-01"."""
    saw = said_saw(place, language) + (f" → {place.wants}" if place.wants else "")
    return " · ".join(filter(None, (said_place(place.where, language), saw)))


def _together(console: Console, told: Sequence[Told]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    language = told[0].language if told else "en"
    for column in ("stars", "failed", "file", "next_step"):
        table.add_column(word(column, language), overflow="fold", no_wrap=column == "stars")
    for each in sorted(told, key=lambda one: (one.grade.stars.count, one.grade.file.name)):
        broken = str(len(each.broken) or "·")
        table.add_row(each.stars_ahead, broken, each.facts["file"], each.next_step or "✓")
    console.print(table)


def _indented(console: Console, text: str) -> None:
    console.print(Padding(text, (0, 0, 0, 4)))
