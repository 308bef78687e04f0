"""Grades for programs: JSON with a schema, and CSV with a row per place."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from aiqyn import rules
from aiqyn.chain import Noun, Place
from aiqyn.grading import Grade
from aiqyn.grading.stars import Missing, said
from aiqyn.report.findings import harmless
from aiqyn.report.grade_model import Told
from aiqyn.report.grade_saw import said_saw
from aiqyn.report.model import Entry, edition_of
from aiqyn.report.words import said_place, word
from aiqyn.report.written import SCHEMA, RuleSaid
from aiqyn.subjects.datafile.kinds import Kind, kinds
from aiqyn.text import Text

COLUMNS = (
    "file", "stars", "code", "rule", "severity", "outcome", "note",
    "where_in_file", "saw", "wants", "repair", "digest",
)  # fmt: skip


class Refused(Noun, frozen=True, kw_only=True):
    """A file or an address that gave nothing to grade."""

    name: str
    problem: str


class Grades(Noun, frozen=True, kw_only=True):
    """The report of `aiqyn grade`: what was graded, and what its codes stand for."""

    grades: tuple[Grade, ...] = ()
    refused: tuple[Refused, ...] = ()
    rules: dict[str, RuleSaid] = {}  # by the code findings have
    kinds: dict[str, Kind] = {}  # kinds of trouble, by the notes of places
    stars: dict[str, Text] = {}  # what each of the five asks
    missing: dict[str, Missing] = {}  # by the notes of steps


def grades_json(grades: Sequence[Grade], refused: Sequence[Refused] = ()) -> str:
    """Return the grades as JSON with the words of all codes, one key a line."""
    codes = sorted({finding.rule for grade in grades for finding in grade.findings})
    told = Grades(
        grades=tuple(grades),
        refused=tuple(refused),
        rules={code: _rule(code, grades[0]) for code in codes},
        kinds={key: kinds()[key] for key in _kinds_in(grades)},
        stars={str(star): text for star, text in said().stars.items()},
        missing={key: said().missing[key] for key in _missing_in(grades)},
    )
    return msgspec.json.format(msgspec.json.encode(told), indent=1).decode() + "\n"


def _rule(code: str, grade: Grade) -> RuleSaid:
    text = rules.load()[code].text
    requires = edition_of(grade).requires
    return RuleSaid(
        family=text.family,
        severity=text.severity,
        title=text.title,
        fix=text.fix,
        clauses=tuple(each.clause for each in requires if each.rule == code),
        notes=text.notes,
    )


def _kinds_in(grades: Sequence[Grade]) -> list[str]:
    seen = {trouble.kind for grade in grades for trouble in grade.file.troubles}
    for grade in grades:
        seen |= {trouble.kind for table in grade.file.tables for trouble in table.troubles}
    return sorted(seen & kinds().keys())


def _missing_in(grades: Sequence[Grade]) -> list[str]:
    return sorted({step.note for grade in grades for step in grade.stars.steps if step.note})


def schema() -> str:
    """Return the JSON Schema of the report."""
    made: Mapping[str, Any] = msgspec.json.schema(Grades)
    told = {"$schema": SCHEMA, "title": "Report of `aiqyn grade --format json`", **made}
    return json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def grades_csv(told: Sequence[Told], language: str) -> str:
    """Return a row per place, or per finding without places; the first row names the columns."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([word(column, language) for column in COLUMNS])
    for each in told:
        for entry in sorted(each.entries, key=lambda one: one.finding.rule):
            writer.writerows(map(harmless, _rows(each, entry)))
    return out.getvalue()


def _rows(told: Told, entry: Entry) -> Iterator[list[str]]:
    if not entry.finding.places:
        yield _row(told, entry, None, entry.note, "")
    for fault in told.faults(entry):
        for place in fault.places:
            yield _row(told, entry, place, fault.wrong, fault.repair)


def _row(told: Told, entry: Entry, place: Place | None, note: str, repair: str) -> list[str]:
    where = said_place(place.where, told.language) if place else ""
    return [
        told.facts["file"],
        str(told.grade.stars.count),
        entry.finding.rule,
        entry.title,
        told.word(entry.severity),
        told.word(entry.group),
        note,
        where,
        said_saw(place, told.language) if place else "",
        place.wants if place else "",
        repair,
        told.grade.file.sha256,
    ]
