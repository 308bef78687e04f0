"""The report as JSON: what it is made of, its schema, and how it is read again."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from aiqyn import rules
from aiqyn.audit import Report
from aiqyn.chain import Noun, Rating, Recommendation
from aiqyn.errors import InputError
from aiqyn.report.comparing import Changes
from aiqyn.report.model import edition_of
from aiqyn.report.worth import Worth
from aiqyn.text import Text

SCHEMA = "https://json-schema.org/draft/2020-12/schema"


class RuleSaid(Noun, frozen=True, kw_only=True):
    """What a finding's code stands for, in every language."""

    family: str
    severity: str
    title: Text
    fix: Text
    clauses: tuple[Text, ...] = ()
    notes: dict[str, Text] = {}


class Written(Report, frozen=True, kw_only=True):
    """A report with the words of its rules and, where asked, its points and its changes.

    `findings` name rules by code; `rules` says what each is. `rating` and `advice`
    are the points by the methodology that `rating` names, best repair first.
    """

    rules: dict[str, RuleSaid] = {}
    rating: Rating | None = None
    advice: tuple[Recommendation, ...] = ()
    changes: Changes | None = None


def written_json(report: Report, worth: Worth | None = None, changes: Changes | None = None) -> str:
    """Return the report as JSON, one key a line."""
    told = Written(
        **{name: getattr(report, name) for name in Report.__struct_fields__},
        rules=_rules(report),
        rating=worth.rating if worth else None,
        advice=worth.advice if worth else (),
        changes=changes,
    )
    return msgspec.json.format(msgspec.json.encode(told), indent=1).decode() + "\n"


def _rules(report: Report) -> dict[str, RuleSaid]:
    edition, known = edition_of(report), rules.load()
    said = {}
    for finding in sorted(report.findings, key=lambda each: each.rule):
        code = finding.rule
        text = known[code].text
        said[code] = RuleSaid(
            family=text.family,
            severity=text.severity,
            title=text.title,
            fix=text.fix_of(finding),
            clauses=tuple(each.clause for each in edition.requires if each.rule == code),
            notes=text.notes,
        )
    return said


def read_written(path: Path) -> Written:
    """Read a JSON report; raises InputError with the place where it is none."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Written)
    except OSError as problem:
        raise InputError(path, "", problem.strerror or "cannot be read") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise InputError(path, "", f"not a report of `aiqyn audit`: {problem}") from None


def schema() -> str:
    """Return the JSON Schema of the report."""
    made: Mapping[str, Any] = msgspec.json.schema(Written)
    told = {"$schema": SCHEMA, "title": "Report of `aiqyn audit --format json`", **made}
    return json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
