"""One report, ready to be laid out: what every shape of it shows, and nothing of how."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from typing import Protocol

from msgspec import Struct

from aiqyn import rules
from aiqyn.audit import Report
from aiqyn.calendar.saying import SpokenDate, amount
from aiqyn.chain import Finding, Outcome, Place
from aiqyn.errors import CatalogueError
from aiqyn.registry.shipped import shipped_registry
from aiqyn.regulations import Edition, editions
from aiqyn.report.comparing import Changes
from aiqyn.report.words import said_day, word
from aiqyn.report.worth import Worth, number
from aiqyn.subjects.completeness import SectionState
from aiqyn.subjects.sections import sections
from aiqyn.text import Text, first_sentence, say

# What needs work first; questions to people after what machines left open.
ORDER = ("failed", "partly", "cannot_tell", "question", "passed", "inapplicable")
BROKEN = ("failed", "partly")
FACTORS = ("complete", "current", "accessible", "share")  # of a section
PICTURES = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg"}  # by their first bytes
SEVERITIES = ("critical", "serious", "moderate", "minor")


class Held(Protocol):
    """What was held against an edition: the report of an audit, the grade of a file."""

    @property
    def regulation(self) -> str: ...
    @property
    def in_force(self) -> date: ...
    @property
    def findings(self) -> tuple[Finding, ...]: ...


class Entry(Struct, frozen=True, kw_only=True):
    """One finding with everything a reader needs, in one language."""

    finding: Finding
    group: str  # one of ORDER
    family: str
    severity: str  # one of SEVERITIES
    title: str
    clause: str
    why: str
    fix: str
    note: str  # why we cannot tell; the question itself
    notes: dict[str, str]
    gain: Decimal | None = None  # points of the total the repair adds, where points are told

    def note_of(self, place: Place) -> str:
        """What is wrong at one place."""
        return self.notes.get(place.note, "")

    def beside(self, place: Place) -> str:
        """What is wrong at one place, where it is not what `note` says of all of them."""
        return "" if place.note == self.finding.note else self.note_of(place)

    @property
    def remedy(self) -> str:
        """The first sentence of the fix: what to do, in a list that has no room for more."""
        return first_sentence(self.fix)

    @property
    def places(self) -> int:
        """How many places break the rule or leave the doubt, those not listed included."""
        return len(self.finding.places) + self.finding.more

    @property
    def urgency(self) -> tuple[Decimal, int, str]:
        """What sorts the repairs: most points, then severity, then code."""
        return (-(self.gain or Decimal()), SEVERITIES.index(self.severity), self.finding.rule)


class Chapter(Struct, frozen=True, kw_only=True):
    """The findings of one family; what is broken worst comes first."""

    family: str
    title: str
    entries: list[Entry]

    @property
    def told(self) -> list[tuple[Entry, ...]]:
        """The entries; those that were left open for one and the same reason stand together."""
        alike: dict[tuple[str, str], list[Entry]] = {}
        for entry in self.entries:
            is_shared = entry.group == "cannot_tell" and entry.note and not entry.finding.places
            key = (entry.group, entry.note) if is_shared else ("", entry.finding.rule)
            alike.setdefault(key, []).append(entry)
        return [tuple(members) for members in alike.values()]

    @property
    def count(self) -> Counter[str]:
        """Findings by group."""
        return Counter(entry.group for entry in self.entries)


class SectionLine(Struct, frozen=True, kw_only=True):
    """One section expected of the body, as people read it; "–" where nothing can be said."""

    title: str
    address: str
    factors: tuple[str, str, str]  # complete, current, accessible, in percent
    share: str  # their product, in percent
    newest: str  # day; of a period its words


class Account(Struct, frozen=True, kw_only=True, dict=True):
    """A report in one language."""

    report: Report
    language: str
    worth: Worth | None = None
    changes: Changes | None = None
    taken: str = ""  # when the evidence was gathered, as people write it
    pictures: Mapping[str, bytes] = {}  # by SHA-256, of places that were rendered
    is_part: bool = False  # of some rules alone: nothing is said of what is not here

    @cached_property
    def edition(self) -> Edition:
        return edition_of(self.report)

    @cached_property
    def entries(self) -> list[Entry]:
        """The findings in order of ORDER, then of rule code."""
        return entries(self.report, self.language, self.worth)

    def of_group(self, group: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.group == group]

    @cached_property
    def repairs(self) -> list[Entry]:
        """What is broken, in the order in which repairing it pays."""
        broken = [entry for entry in self.entries if entry.group in BROKEN]
        return sorted(broken, key=lambda entry: entry.urgency)

    @cached_property
    def good(self) -> list[Entry]:
        """What is in order, the most important first."""
        return sorted(self.of_group("passed"), key=lambda each: merit(each.finding.rule))

    @cached_property
    def chapters(self) -> list[Chapter]:
        """The findings by family, families in the order of the catalogue."""
        told = []
        for family, title in rules.families().items():
            members = sorted((e for e in self.entries if e.family == family), key=_in_chapter)
            if members:
                told.append(
                    Chapter(family=family, title=say(title, self.language), entries=members)
                )
        return told

    @cached_property
    def sections(self) -> list[SectionLine]:
        """The sections expected of the body, in the order of the catalogue."""
        return [_section(state, self.language) for state in self.report.sections]

    @cached_property
    def facts(self) -> dict[str, str]:
        """What the report is about, by key of words.yaml; in order."""
        report, language = self.report, self.language
        read = amount(report.pages, "pages"), amount(report.documents, "documents")
        facts = {
            "site": report.start,
            "body": say(body_name(report.body), language) or report.body,
            "regulation": say(self.edition.act, language),
            "as_of": f"{SpokenDate(report.as_of, language)}",
            "read": ", ".join(say(each, language) for each in read),
            "taken": self.taken,
        }
        return {key: value for key, value in facts.items() if value}

    @cached_property
    def origins(self) -> dict[str, str]:
        """What the report rests on, for the end of it, by key of words.yaml."""
        method = {"method": self.worth.title(self.language)} if self.worth else {}
        return {**method, "evidence": self.report.manifest_sha256}

    @property
    def score(self) -> str:
        return self.worth.said(self.language) if self.worth else ""

    @cached_property
    def remarks(self) -> list[str]:
        """What limits the whole report."""
        said = [word("cut", self.language)] if self.report.was_cut else []
        return [*said, say(self.edition.note, self.language)]


def _section(state: SectionState, language: str) -> SectionLine:
    found = sections().get(state.code)
    factors = (state.complete, state.current, state.accessible)
    said = tuple(_percent(each) for each in factors) if state.is_found else ("–",) * 3
    return SectionLine(
        title=say(found.title, language) if found else state.code,
        address=state.address,
        factors=(said[0], said[1], said[2]),
        share=_percent(state.share),
        newest=said_day(state.newest_words, state.newest, language),
    )


def _percent(factor: Decimal | None) -> str:
    return "–" if factor is None else f"{factor * 100:.0f}"


def _in_chapter(entry: Entry) -> tuple[int, int, str]:
    return ORDER.index(entry.group), SEVERITIES.index(entry.severity), entry.finding.rule


def edition_of(report: Held) -> Edition:
    """Return the edition the report was held against.

    Raises CatalogueError when this version of Aiqyn does not know the regulation.
    """
    for edition in editions(report.regulation):
        if edition.in_force == report.in_force:
            return edition
    raise CatalogueError(f"regulations/{report.regulation}", f"no edition of {report.in_force}")


def entries(report: Held, language: str, worth: Worth | None = None) -> list[Entry]:
    """Return the findings in order of ORDER, then of rule code."""
    edition = edition_of(report)
    found = [_entry(finding, edition, language, worth) for finding in report.findings]
    return sorted(found, key=lambda each: (ORDER.index(each.group), each.finding.rule))


def _entry(finding: Finding, edition: Edition, language: str, worth: Worth | None) -> Entry:
    text = rules.load()[finding.rule].text
    clauses = (each.clause for each in edition.requires if each.rule == finding.rule)
    notes = {key: say(phrase, language) for key, phrase in text.notes.items()}
    return Entry(
        finding=finding,
        group=group_of(finding),
        family=text.family,
        severity=text.severity,
        title=say(text.title, language),
        clause="; ".join(_once(say(clause, language) for clause in clauses)),
        why=say(text.why, language),
        fix=say(text.fix_of(finding), language),
        note=notes.get(finding.note, ""),
        notes=notes,
        gain=worth.gains.get(finding.rule) if worth else None,
    )


def _once(phrases: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(phrases)


def merit(code: str) -> tuple[int, int, str]:
    """What sorts the rules that are kept: severity, what is said of a whole site before pages."""
    rule = rules.load()[code]
    return SEVERITIES.index(rule.text.severity), rules.KINDS.index(rule.kind), code


def group_of(finding: Finding) -> str:
    is_question = finding.outcome is Outcome.CANNOT_TELL and finding.note == "question"
    return "question" if is_question else finding.outcome.value


def picture_kind(content: bytes) -> str:
    """What a picture is by its first bytes: "png", "jpeg", "webp"; "" for nothing we show."""
    if content[8:12] == b"WEBP":
        return "webp"
    return next((kind for start, kind in PICTURES.items() if content.startswith(start)), "")


def weight(entry: Entry, language: str) -> list[str]:
    """Severity and points of what is broken: they say what to begin with."""
    if entry.group not in BROKEN:
        return []
    said = [f"{word('severity', language)}: {word(entry.severity, language)}"]
    if entry.gain:
        said.append(word("gain", language).format(number(entry.gain, language)))
    return said


@cache
def _names() -> dict[str, Text]:
    return {body.code: body.name for body in shipped_registry().bodies}


def body_name(code: str) -> Text:
    """The name of a body of the shipped registry; empty when it is not there."""
    return _names().get(code, Text({}))
