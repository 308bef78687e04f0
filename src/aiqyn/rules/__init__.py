"""The rule catalogue: every rule is two neighbouring files.

`contacts_are_text.yaml` says what is asked and why, in three languages, with
worked cases; `contacts_are_text.py` says how we check it. A rule without the
second file is a question for a person. To add a rule, add the files to the
folder of the subject it looks at, and name its code in the edition of the
regulation that requires it. A rule about files of data needs no second file when
kinds of trouble found by the reader are all that breaks it: its YAML names them.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, cached_property
from importlib import import_module
from importlib.resources.abc import Traversable
from inspect import Parameter, signature
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from aiqyn.catalogue import ROOT, read
from aiqyn.chain import Count, Finding, Noun, Outcome, Place
from aiqyn.errors import CatalogueError
from aiqyn.subjects.datafile.kinds import kinds
from aiqyn.subjects.site import About
from aiqyn.text import LANGUAGES, Text

KINDS = (
    "site",
    "page",
    "rendered",
    "document",
    "table",
    "dataset",
    "person",
)  # folders, in the order reports show them

_CODE = re.compile(rb"code: ([A-Z]\d+)\s")
_NEEDS_NONE = re.compile(rb"^needs_pages: false$", re.MULTILINE)
_READS = re.compile(rb"^reads: \[(.*)\]$", re.MULTILINE)

# A check yields the places that break the rule, and at most one Count of what it looked at.
# Where it raises CannotTell at the end, they are the places of the doubt.
Check = Callable[..., Iterator[Place | Count]]


class Inapplicable(Exception):
    """Raised by a check, before its first place, when nothing it speaks about is there."""


class CannotTell(Exception):
    """Raised by a check when a person has to look; the message is a key of the rule's notes.

    The places it yielded before break nothing: they show where to look.
    """


class Answer(Noun, frozen=True, kw_only=True):
    """How one address of a worked example answers, where it is more than a page."""

    html: str = ""
    status: int = 200
    media_type: str = "text/html"
    to: str = ""  # path it redirects to
    failure: str = ""
    tls: str = ""  # of the failure "tls"
    role: str = "page"
    certificate: str = ""  # first and last day of the one that was shown
    headers: str = ""  # "Name: value" lines
    hops: int = 0  # redirects on the way to the answer
    seconds: float = 0.0  # it took


class Case(Noun, frozen=True, kw_only=True):
    """A worked example: shown on the rule's page and run as a test.

    Exactly one of `given` (a page, or a table as CSV), `site` (path → page), `document` (its pages,
    "(scan)", "(recognised)", "(table)" for what is drawn, or "(broken)", "(locked)",
    "(empty)", "(old)", "(bomb)", "(rows)" alone) and
    `rendered` (what a browser saw; of a rule of that kind, none is no page drawn).
    """

    name: str | Text  # in English, or in all three languages
    expect: Outcome
    given: str | None = None
    site: dict[str, str | Answer] = {}
    document: tuple[str, ...] = ()
    rendered: dict[str, Any] | None = None  # fields of `subjects.rendering.Drawn`
    # Of a file of data: its `name` beside `given`, or its `rows`, a list of lists, put on a
    # sheet, or else fields of `subjects.datafile.model.DataFile` as a reader would fill them.
    file: dict[str, Any] | None = None
    dataset: dict[str, Any] | None = None  # fields of `subjects.dataset.Dataset`, `id` left out
    charset: str = ""  # what the header says; the page is encoded so unless `encoded` differs
    encoded: str = "utf-8"
    as_of: date = date(2026, 11, 20)
    params: dict[str, Any] = {}
    about: About = About()  # whose site it is
    places: int | None = None
    note: str = ""

    def named(self, language: str) -> tuple[str, str]:
        """Return its name, and the language it is in: `language`, or English for want of it."""
        if isinstance(self.name, str):
            return self.name, "en"
        return self.name[language], language


class Breaks(Noun, frozen=True, kw_only=True):
    """What breaks a rule about files of data that needs no code of its own."""

    kinds: tuple[str, ...]  # of trouble: keys of `subjects/datafile/kinds.yaml`
    counts: Literal["", "rows", "cells", "columns", "tables"] = ""  # what a spot is one of
    needs: Literal["table", "text", "archive", "file"] = (
        "table"  # without it the rule does not apply
    )
    formats: tuple[str, ...] = ()  # that it speaks of; none: all
    asks: str = ""  # what was found may be right: key of the note that asks a person to look


Severity = Literal["critical", "serious", "moderate", "minor"]


class RuleText(Noun, frozen=True, kw_only=True):
    """The YAML half of a rule."""

    code: str
    family: str  # what it is about: a key of families.yaml
    severity: Severity = "moderate"  # how much a reader loses where it is broken
    title: Text  # the good state: "Every page has a title"
    why: Text
    fix: Text
    fixes: dict[str, Text] = {}  # by note: what repairs that alone
    notes: dict[str, Text] = {}  # what is wrong at a place, why we cannot tell
    params: dict[str, Text] = {}  # what an edition may set
    answer: str = (
        "yes_no"  # what a person may say: also "partly", or "count" (of how many, how many)
    )
    cases: tuple[Case, ...] = ()
    breaks: Breaks | None = None
    needs_pages: bool = True  # of rules about a site: behind a login nobody can tell; else it can
    reads: tuple[str, ...] = ()  # of rules about a site: dear facts of pages, see traits.asked

    def fix_of(self, finding: Finding) -> Text:
        """What repairs what was found: `fixes` of its notes; `fix` where one of them has none."""
        notes = dict.fromkeys(place.note for place in finding.places)
        if finding.more or not notes or not notes.keys() <= self.fixes.keys():
            return self.fix
        told = {code: " ".join(self.fixes[note][code] for note in notes) for code in LANGUAGES}
        return Text(told)


class Rule(Struct, frozen=True, dict=True):
    """Both halves of a rule; each is read when it is first asked for: an audit needs few texts."""

    name: str
    kind: str  # the folder, and the subject it looks at: see KINDS
    code: str
    path: Traversable  # of the YAML

    @cached_property
    def text(self) -> RuleText:
        """The half that says what is asked and why. Raises CatalogueError, naming the file."""
        return _text_of(self.kind, self.path)

    @cached_property
    def check(self) -> Check | None:
        """The half that looks; None for a question to a person."""
        return _check_of(self)

    def learn(self) -> None:
        """Load now what is asked of it when it judges."""
        _ = self.check, self.needs_pages

    @cached_property
    def needs_pages(self) -> bool:
        """What the text says of it, without reading all of it."""
        return _NEEDS_NONE.search(self.path.read_bytes()) is None

    @cached_property
    def reads(self) -> frozenset[str]:
        """Dear facts of pages, see `traits.asked`; found without reading all of the text."""
        found = _READS.search(self.path.read_bytes()) if self.kind == "site" else None
        return frozenset(found[1].decode().split(", ")) if found else frozenset()

    def accepts(self) -> dict[str, Any]:
        """Return the parameters an edition may set, with their defaults."""
        if self.check is None:
            return {}
        given = signature(self.check).parameters.values()
        return {each.name: each.default for each in given if each.kind is Parameter.KEYWORD_ONLY}


@cache
def families() -> dict[str, Text]:
    """Return the titles of all families, in the order reports show them."""
    return read(ROOT / "rules" / "families.yaml", dict[str, Text])


@cache
def load() -> dict[str, Rule]:
    """Return all rules by code, in order of code.

    Raises CatalogueError for a code used twice.
    """
    rules: dict[str, Rule] = {}
    for kind in KINDS:
        folder = ROOT / "rules" / kind
        for path in (each for each in folder.iterdir() if each.name.endswith(".yaml")):
            code = _code_in(kind, path)
            if code in rules:
                raise CatalogueError(path, f"{code} is already used by {rules[code].name}")
            rules[code] = Rule(path.name.removesuffix(".yaml"), kind, code, path)
    return dict(sorted(rules.items()))


def _code_in(kind: str, path: Traversable) -> str:
    """Return the code, without reading the rest where it stands in the first line."""
    found = _CODE.match(path.read_bytes())
    return found[1].decode() if found else _text_of(kind, path).code


def _text_of(kind: str, path: Traversable) -> RuleText:
    text = read(path, RuleText)
    if text.family not in families():
        raise CatalogueError(path, f"no family {text.family} in families.yaml")
    if lost := text.fixes.keys() - text.notes.keys():
        raise CatalogueError(path, f"a remedy of {min(lost)}, which is none of its notes")
    if kind == "table":
        return replace(text, notes={**_notes_of(path, text), **text.notes})
    if text.breaks:
        raise CatalogueError(path, "kinds of trouble break rules about files of data alone")
    shared = {"rendered": rendered_notes, "site": wall_notes if text.needs_pages else dict}
    return replace(text, notes={**text.notes, **shared[kind]()}) if kind in shared else text


def _notes_of(path: Traversable, text: RuleText) -> dict[str, Text]:
    """Return what is said of the kinds of trouble that break a rule."""
    if text.breaks is None:
        return {}
    if unknown := set(text.breaks.kinds) - kinds().keys():
        raise CatalogueError(path, f"no kind of trouble {min(unknown)} in kinds.yaml")
    shared = table_notes() if text.breaks.asks in ("", "look") else {"cut": table_notes()["cut"]}
    return {**{kind: kinds()[kind].wrong for kind in text.breaks.kinds}, **shared}


@cache
def table_notes() -> dict[str, Text]:
    """Return why a file of data could not be judged: notes that rules of kinds share."""
    return read(ROOT / "rules" / "table_notes.yaml", dict[str, Text])


@cache
def wall_notes() -> dict[str, Text]:
    """Return why a site behind a wall could not be judged, see `subjects.walls`."""
    return read(ROOT / "rules" / "wall_notes.yaml", dict[str, Text])


@cache
def rendered_notes() -> dict[str, Text]:
    """Return why a drawn page could not be judged: notes that all rendered rules share."""
    return read(ROOT / "rules" / "rendered_notes.yaml", dict[str, Text])


def _check_of(rule: Rule) -> Check | None:
    if (ROOT / "rules" / rule.kind / f"{rule.name}.py").is_file():
        check: Check = import_module(f"aiqyn.rules.{rule.kind}.{rule.name}").check
        return check
    if rule.kind == "table" and rule.text.breaks:
        made: Check = import_module("aiqyn.rules.of_files").check_of(rule.text.breaks)
        return made
    return None
