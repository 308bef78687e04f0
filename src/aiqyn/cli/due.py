"""`aiqyn due`: when a term ends, and how that follows."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import click

from aiqyn.calendar import Calendar, Extension, Reckoning, Suspension, reckon
from aiqyn.calendar.ical import Entry, calendar
from aiqyn.calendar.term import WhenOff, parse
from aiqyn.cli.audit_words import Spoken
from aiqyn.cli.speaking import Speech, spoken
from aiqyn.errors import InputError
from aiqyn.text import LANGUAGES, say


@click.command("due", cls=Spoken)
@click.argument("start", metavar="DATE")
@click.option("--term", required=True)
@click.option("--extend", multiple=True)
@click.option("--stood", multiple=True)
@click.option("--week", type=click.Choice(["5", "6"]), default="5", show_default=True)
@click.option(
    "--when-off", type=click.Choice(["next", "stay", "before"]), default="next", show_default=True
)
@click.option("--ics", is_flag=True)
@spoken
def command(start: str, term: str, ics: bool, speech: Speech, **others: Any) -> None:
    """Reckon when a TERM begun on DATE is due, step by step; the help is in main_words.yaml."""
    reckoning = _reckoned(_date(start), term, **others)
    if ics:
        speech = speech._replace(shape="text")
        speech.say(reckoning, text=lambda: _ics(start, term, reckoning, speech.language), csv=str)
        return
    speech.say(
        reckoning, text=lambda: _in_words(reckoning, speech.language), csv=lambda: _csv(reckoning)
    )


def _reckoned(
    start: date,
    term: str,
    *,
    extend: tuple[str, ...],
    stood: tuple[str, ...],
    week: str,
    when_off: WhenOff,
) -> Reckoning:
    base = parse(term, when_off=when_off)
    more = [parse(each) for each in extend]
    return reckon(
        start,
        base,
        Calendar.load(week=6 if week == "6" else 5),
        extensions=[Extension(each.count, unit=each.unit) for each in more],
        suspensions=[_suspension(each) for each in stood],
    )


def _date(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise InputError("date", "", f"{written!r} is not like 2026-03-05") from None


def _suspension(written: str) -> Suspension:
    since, dots, until = written.partition("..")
    if not dots:
        raise InputError("--stood", "", f"{written!r} is not like 2026-03-05..2026-03-09")
    return Suspension(_date(since), _date(until) if until else None)


def _in_words(reckoning: Reckoning, language: str) -> str:
    lines = [str(reckoning.due or "—")]
    for step in reckoning.steps:
        lines.append(f"  {say(step.words, language)}")
        for each in step.days:
            source = say(each.day.source.title, language)
            mark = "" if each.day.verified else " (?)"
            lines.append(f"    {say(each.words, language)}{mark}. {source}")
    lines += [f"  ! {say(note.words, language)}" for note in reckoning.notes]
    return "\n".join(lines) + "\n"


def _csv(reckoning: Reckoning) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["step", "until", *LANGUAGES])
    for step in reckoning.steps:
        writer.writerow([step.what, step.until or "", *(step.words[code] for code in LANGUAGES)])
    return out.getvalue()


def _ics(start: str, term: str, reckoning: Reckoning, language: str) -> str:
    if reckoning.due is None:
        raise InputError("--ics", "", "the clock stands: there is no date yet")
    entry = Entry(
        uid=f"{start}-{'-'.join(term.split())}@aiqyn",
        title=term,
        starts=reckoning.due,
        stamped_at=datetime.now(UTC),
        text="\n".join(say(step.words, language) for step in reckoning.steps),
        warn_days=(1,),
    )
    return calendar("Aiqyn", [entry])
