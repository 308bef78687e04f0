"""The result report as files: CSV for machines, a tagged PDF for paper."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from aiqyn.text import Text, inert, say
from aiqyn.typesetting import typeset
from aiqyn_portal.base.formats import say_date, say_phrase
from aiqyn_portal.sections.drafts.models import Paragraph
from aiqyn_portal.sections.drafts.queries.reporting import Position, Report
from aiqyn_portal.sections.drafts.wording import outcome_said

HERE = Path(__file__).parent
COLUMNS = (
    *("number", "date", "language", "paragraph_kk", "paragraph_ru", "position", "text", "wording"),
    *("votes_for", "votes_against", "outcome", "reason_kk", "reason_ru", "words_kk", "words_ru"),
    *("changed_version", "changed_paragraph"),
)


def csv_of(report: Report) -> str:
    """One line for every comment, its decision in both languages."""
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for number, position in enumerate(report.positions, start=1):
        for row in _rows(number, position):
            writer.writerow([inert(str(cell)) for cell in row])
    return out.getvalue()


def _rows(number: int, position: Position) -> Iterator[list[Any]]:
    changed = position.changed
    for each in position.comments:
        yield [
            each.number,
            each.made_at.date().isoformat(),
            each.language,
            label(position.paragraph, "kk"),
            label(position.paragraph, "ru"),
            number,
            each.text,
            each.wording,
            each.votes_for,
            each.votes_against,
            each.outcome,
            position.reason.get("kk", ""),
            position.reason.get("ru", ""),
            position.words.get("kk", ""),
            position.words.get("ru", ""),
            changed[0].version if changed else "",
            changed[0].in_both if changed else "",
        ]


def label(paragraph: Paragraph | None, language: str) -> str:
    """How a paragraph is named: by its number, else by its first words, in a language."""
    if paragraph is None:
        return ""
    with override(language):
        return str(paragraph)


def pdf_of(report: Report, language: str) -> bytes:
    """The report in one language, tagged so that it can be read aloud (PDF/UA-1)."""
    with override(language):
        told = _told(report, language)
    return typeset(HERE / "report.typ", told)


def _told(report: Report, language: str) -> dict[str, Any]:
    discussion = report.discussion
    title = say(Text(report.draft.title), language)
    counts = {"comments": report.said, "positions": len(report.positions), "people": report.people}
    days = {"from": say_date(discussion.opens_on), "until": say_date(discussion.closes_on)}
    return {
        "language": language,
        "title": _("Report on the results of a public discussion"),
        "draft": title,
        "facts": [
            [_("State body"), say(Text(report.draft.body.name), language)],
            [_("Discussion"), _("from %(from)s until %(until)s") % days],
            [
                _("In all"),
                _("%(comments)s comments, %(positions)s positions, %(people)s people") % counts,
            ],
            *_decisions(report),
        ],
        "none": "" if report.positions else _("Nobody commented on the draft."),
        "labels": {
            "decision": _("Decision"),
            "reason": _("Reason"),
            "wording": _("Proposed wording"),
            "changed": _("Changed"),
            "page": _("page"),
        },
        "positions": [
            _position(number, each, language)
            for number, each in enumerate(report.positions, start=1)
        ],
    }


def _decisions(report: Report) -> list[list[str]]:
    """Each decision with how many positions and how many comments got it."""
    said = _("positions: %(positions)s, comments: %(comments)s")
    comments = report.outcomes_of_comments
    return [
        [str(outcome_said(code)), said % {"positions": count, "comments": comments[code]}]
        for code, count in report.outcomes.items()
        if count
    ]


def _position(number: int, position: Position, language: str) -> dict[str, Any]:
    said = position.leading
    more = len(position.comments) - 1
    return {
        "number": number,
        "paragraph": label(position.paragraph, language) or _("The draft as a whole"),
        "text": said.text,
        "text_language": said.language,
        "wording": said.wording,
        "numbers": _("%(number)s and %(more)s more alike") % {"number": said.number, "more": more}
        if more
        else said.number,
        "outcome": str(outcome_said(position.outcome)),
        "reason": say(Text(position.reason), language),
        "words": say(Text(position.words), language),
        "changed": [
            _("version %(version)s, %(label)s")
            % {"version": each.version, "label": say_phrase(each.label)}
            for each in position.changed
        ],
    }
