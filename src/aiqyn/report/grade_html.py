"""Grades as one HTML file that needs nothing else: no script, no other file."""

from collections.abc import Sequence
from html import escape

from aiqyn.catalogue import ROOT
from aiqyn.chain import Place
from aiqyn.report.grade_model import Fault, Told, called, drawn
from aiqyn.report.grade_saw import said_saw, said_step
from aiqyn.report.grade_written import Refused
from aiqyn.report.model import Entry, weight
from aiqyn.report.words import said_place, spaced, word
from aiqyn.subjects.datafile.model import Column, Table

MOST_COLUMNS = 60  # of one table that are shown


def grades_html(told: Sequence[Told], refused: Sequence[Refused], language: str) -> str:
    """Return the grades as a page; whatever stands in a file is shown as text."""
    many = len(told) + len(refused) > 1
    title = word("grades_title" if many else "grade_title", language)
    if len(told) == 1 and not many:
        title = f"{title}: {told[0].facts['file']}"
    style = "".join(
        (ROOT / "report" / name).read_text(encoding="utf-8")
        for name in ("findings.css", "grade.css")
    )
    files = "".join(_file(each, number) for number, each in enumerate(told, 1))
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(title)}</h1>\n{_together(told) if many else ''}{files}"
        f"{_refused(refused, language)}"
        f"<footer>\n<p>{_said('grade_caution', language)}</p>\n"
        f"<p>{_said('made_by', language)}</p>\n</footer>\n</main>\n</body>\n</html>\n"
    )


def _said(key: str, language: str) -> str:
    return escape(word(key, language))


def _together(told: Sequence[Told]) -> str:
    if not told:
        return ""
    language = told[0].language
    head = "".join(
        f'<th scope="col">{_said(key, language)}</th>'
        for key in ("file", "stars", "failed", "next_step")
    )
    rows = "".join(
        f'<tr><th scope="row"><a href="#file-{number}">{escape(each.facts["file"])}</a></th>'
        f"<td>{_stars(each)}{_ahead(each)}</td>"
        f'<td class="number">{len(each.broken)}</td><td>{escape(each.next_step)}</td></tr>\n'
        for number, each in enumerate(told, 1)
    )
    return (
        f'<h2 id="together">{_said("together", language)}</h2>\n'
        '<div class="wide" role="region" aria-labelledby="together" tabindex="0">\n'
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )


def _stars(told: Told) -> str:
    count = told.grade.stars.count
    label = escape(told.word("stars_of").format(count=count))
    return f'<span class="stars" role="img" aria-label="{label}">{drawn(count)}</span>'


def _ahead(told: Told) -> str:
    reach = told.grade.stars.reach
    return f" → {reach}" if reach > told.grade.stars.count else ""


def _file(told: Told, number: int) -> str:
    rows = "".join(
        f"<dt>{escape(told.word(key))}</dt><dd>{escape(value)}</dd>\n"
        for key, value in told.facts.items()
    )
    cut = f"<p>{escape(told.word('file_cut'))}</p>\n" if told.grade.file.was_cut else ""
    return (
        f'<section>\n<h2 id="file-{number}">{escape(told.facts["file"])}</h2>\n'
        f'<dl class="facts">\n{rows}</dl>\n{cut}{_steps(told)}{_personal(told)}'
        f"{_findings(told, 'to_repair', told.broken)}"
        f"{_findings(told, 'to_look', told.doubtful) if told.doubtful else ''}"
        f"{_rest(told)}{''.join(_columns(told, each) for each in told.grade.file.tables)}"
        "</section>\n"
    )


def _steps(told: Told) -> str:
    items = []
    for step, asks in told.steps:
        outcome = told.word(step.outcome)
        wrong, repair = told.lacks(step)
        seen = f" ({escape(said_step(step, told.language))})" if step.saw else ""
        tail = f"<br>{escape(wrong)} {escape(repair)}" if wrong else ""
        items.append(f"<li>{escape(asks)}: {escape(outcome)}{seen}{tail}</li>\n")
    reach = told.grade.stars.reach
    more = f"<p>{escape(told.word('reach').format(drawn(reach)))}</p>\n"
    return (
        f'<p class="score">{_stars(told)} '
        f"{escape(told.word('stars_of').format(count=told.grade.stars.count))}</p>\n"
        f"<ol>\n{''.join(items)}</ol>\n{more if reach > told.grade.stars.count else ''}"
    )


def _personal(told: Told) -> str:
    if not told.personal:
        return ""
    items = "".join(f"<li>{escape(title)}: {count}</li>\n" for title, count in told.personal)
    return (
        f"<h3>{escape(told.word('personal'))}</h3>\n<ul>\n{items}</ul>\n"
        f"<p><strong>{escape(told.word('holds'))}</strong></p>\n"
    )


def _findings(told: Told, key: str, entries: Sequence[Entry]) -> str:
    head = f"<h3>{escape(told.word(key))} ({len(entries)})</h3>\n"
    if not entries:
        return f"{head}<p>{escape(told.word('nothing_to_repair'))}</p>\n"
    return head + "".join(_entry(told, entry) for entry in entries)


def _entry(told: Told, entry: Entry) -> str:
    finding = entry.finding
    tags = [told.word(entry.group), *weight(entry, told.language)]
    if finding.count:
        tags.append(f"{finding.count.good}/{finding.count.of} {told.word('good_of')}")
    said = "".join(f'<span class="tag">{escape(tag)}</span>' for tag in tags)
    note = f"<p>{escape(entry.note)}</p>\n" if entry.note else ""
    more = f"<p>… {escape(told.word('further').format(finding.more))}</p>\n" if finding.more else ""
    return (
        f'<article class="{entry.group}">\n<h4>{finding.rule} {escape(entry.title)}</h4>\n'
        f'<p class="tags">{said}</p>\n{note}'
        f"{''.join(_fault(told, fault) for fault in told.faults(entry))}{more}"
        f"{_labelled(told, 'why', entry.why)}{_labelled(told, 'clause', entry.clause)}</article>\n"
    )


def _labelled(told: Told, key: str, text: str) -> str:
    return f"<p><strong>{escape(told.word(key))}.</strong> {escape(text)}</p>\n"


def _fault(told: Told, fault: Fault) -> str:
    columns = ["where_in_file", "saw"]
    columns += ["wants"] if any(place.wants for place in fault.places) else []
    head = "".join(f'<th scope="col">{escape(told.word(key))}</th>' for key in columns)
    rows = "".join(_row(told, place, len(columns)) for place in fault.places)
    mended = f"<p>{escape(told.word('mended'))}</p>\n" if fault.is_mended else ""
    return (
        f'<table class="places">\n<caption>{escape(fault.wrong)} ({len(fault.places)})</caption>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
        f"{_labelled(told, 'repair', fault.repair)}{mended}"
    )


def _row(told: Told, place: Place, width: int) -> str:
    where = said_place(place.where, told.language)
    cells = (where, said_saw(place, told.language), place.wants)[:width]
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>\n"


def _rest(told: Told) -> str:
    said = ""
    for key, group in (("passed_list", "passed"), ("not_applied", "inapplicable")):
        if found := told.of_group(group):
            items = "".join(f"<li>{e.finding.rule} {escape(e.title)}</li>\n" for e in found)
            head = f"{escape(told.word(key))} ({len(found)})"
            said += f"<details>\n<summary>{head}</summary>\n<ul>\n{items}</ul>\n</details>\n"
    return said


def _columns(told: Told, table: Table) -> str:
    if not table.columns:
        return ""
    keys = ("columns", "column_kind", "column_filled", "column_blank", "column_range")
    head = "".join(f'<th scope="col">{escape(told.word(key))}</th>' for key in keys)
    rows = "".join(_column(told, column) for column in table.columns[:MOST_COLUMNS])
    hidden = len(table.columns) - MOST_COLUMNS
    more = f"<p>… {escape(told.word('further').format(hidden))}</p>\n" if hidden > 0 else ""
    name = told.word("columns") + (f": {called(table)}" if called(table) else "")
    return (
        f"<details>\n<summary>{escape(name)} ({len(table.columns)})</summary>\n"
        f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n{more}"
        "</details>\n"
    )


def _column(told: Told, column: Column) -> str:
    kind = told.word(f"kind_of_{column.kind}")
    unit = f", {column.unit}" if column.unit else ""
    spread = f"{column.least} … {column.greatest}" if column.least else ""
    often = ", ".join(value for value, _ in column.top[:3])
    return (
        f'<tr><th scope="row">{escape(column.name)}</th><td>{escape(kind + unit)}</td>'
        f'<td class="number">{spaced(column.filled)}</td>'
        f'<td class="number">{spaced(column.blank)}</td><td>{escape(spread or often)}</td></tr>\n'
    )


def _refused(refused: Sequence[Refused], language: str) -> str:
    if not refused:
        return ""
    items = "".join(f"<li>{escape(each.problem)}</li>\n" for each in refused)
    return f"<section>\n<h2>{_said('refused', language)}</h2>\n<ul>\n{items}</ul>\n</section>\n"
