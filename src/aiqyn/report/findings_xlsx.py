"""Findings of an audit as a workbook: summary, findings, places, questions, sections."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from aiqyn.report.comparing import STATUSES
from aiqyn.report.findings import COLUMNS, place_rows
from aiqyn.report.model import BROKEN, FACTORS, ORDER, Account, Entry, SectionLine
from aiqyn.report.words import since, word

SAFE = {
    "in_memory": True,
    "strings_to_formulas": False,  # what a site wrote stays text
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
NARROW, USUAL, WIDE = 12, 24, 60
LONGEST_CELL = 32_767  # characters; more would make the file unreadable
FINDING = (
    "code", "rule", "family", "severity", "outcome", "good_of", "places", "points",
    "note", "fix", "clause", "digest",
)  # fmt: skip

Row = Sequence[str | int | float]


class _Book:
    """Sheets of rows under a head that stays in sight."""

    def __init__(self, out: io.BytesIO, language: str) -> None:
        self.language = language
        self.book = xlsxwriter.Workbook(out, SAFE)
        self.head = self.book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        self.cell = self.book.add_format({"text_wrap": True, "valign": "top"})

    def sheet(self, key: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        sheet = self.book.add_worksheet(word(key, self.language)[:31])
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(columns):
            sheet.set_column(column, column, _width(name), self.cell)
            sheet.write_string(0, column, word(name, self.language), self.head)
        number = 0
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                shown = value[:LONGEST_CELL] if isinstance(value, str) else value
                sheet.write(number, column, shown, self.cell)
        sheet.autofilter(0, 0, number, len(columns) - 1)


def _width(column: str) -> int:
    if column in ("code", "severity", "good_of", "points", "places", "number", "family"):
        return NARROW
    return WIDE if column in ("rule", "fix", "clause", "saw", "value", "digest") else USUAL


def findings_xlsx(account: Account) -> bytes:
    """Return the report as XLSX."""
    out = io.BytesIO()
    book = _Book(out, account.language)
    book.sheet("summary", ("rule", "value"), _summary(account))
    told = [entry for entry in account.entries if entry.group != "question"]
    book.sheet("findings", FINDING, (_finding(entry, account) for entry in told))
    shown = [*account.repairs, *account.of_group("cannot_tell")]
    placed = [entry for entry in shown if entry.finding.places]
    rows = (row for entry in placed for row in place_rows(entry, account.report, account.language))
    book.sheet("places", COLUMNS, rows)
    questions = ("code", "rule", "note", "clause", "answer_space")
    book.sheet("questions", questions, map(_question, account.of_group("question")))
    book.sheet("families", ("family", *ORDER), _families(account))
    if account.sections:
        columns = ("section", "address", *FACTORS, "newest")
        book.sheet("sections", columns, map(_section, account.sections))
    book.book.close()
    return out.getvalue()


def _summary(account: Account) -> Iterable[Row]:
    language, facts = account.language, account.facts | account.origins
    yield from ((word(key, language), value) for key, value in facts.items())
    if account.score:
        yield word("points", language), account.score
    for group in ORDER:
        yield word(group, language), len(account.of_group(group))
    if account.changes:
        yield since(account.changes.earlier, language), ""
        for status in STATUSES:
            codes = [change.rule for change in account.changes.of(status)]
            yield word(status, language), ", ".join(codes) or "0"
    yield from (("", remark) for remark in account.remarks)
    yield "", word("caution", language)


def _finding(entry: Entry, account: Account) -> Row:
    finding, language = entry.finding, account.language
    count = finding.count
    family = next(each.title for each in account.chapters if each.family == entry.family)
    is_broken = entry.group in BROKEN
    return (
        finding.rule,
        entry.title,
        family,
        word(entry.severity, language),
        word(entry.group, language),
        f"{count.good}/{count.of}" if count else "",
        entry.places,
        float(entry.gain) if entry.gain else "",
        entry.note,
        entry.fix if is_broken else "",
        entry.clause,
        finding.evidence,
    )


def _question(entry: Entry) -> Row:
    return entry.finding.rule, entry.title, entry.note, entry.clause, ""


def _section(line: SectionLine) -> Row:
    return line.title, line.address, *line.factors, line.share, line.newest


def _families(account: Account) -> Iterable[Row]:
    for chapter in account.chapters:
        yield chapter.title, *(chapter.count[group] for group in ORDER)
