"""Grade one file: hold every rule of an edition against it, and count its stars."""

from collections import Counter
from datetime import date
from functools import partial

from msgspec.structs import replace

from aiqyn import rules
from aiqyn.chain import Count, Finding, Outcome, Place
from aiqyn.grading.hiding import hidden, is_personal
from aiqyn.grading.model import Grade
from aiqyn.grading.stars import stars_of
from aiqyn.regulations import Edition, Requirement
from aiqyn.rules import CannotTell, Inapplicable
from aiqyn.rules.of_files import broken_in
from aiqyn.subjects.datafile.model import DataFile, Trouble
from aiqyn.subjects.licences import read_licence

REGULATION = "open_data"
MOST_PLACES = 100  # listed of one finding; the rest is counted


def grade(
    file: DataFile,
    *,
    licence: str = "",
    address: str = "",
    edition: Edition,
    as_of: date,
    most_places: int = MOST_PLACES,
) -> Grade:
    """Return what `edition` says of `file` on the day `as_of`.

    `licence` is what was declared: a code, an address or words. `address` is where the
    file lies on the web, "" when nobody said. At most `most_places` of a finding are listed.
    Personal data is masked in all that is returned.
    """
    file = hidden(file, most_places)
    known = rules.load()
    asked = [each for each in edition.requires if known[each.rule].kind == "table"]
    findings = [judge(file, requirement, most_places) for requirement in asked]
    terms = read_licence(licence)
    return Grade(
        file=_without_spots(file),
        licence=terms,
        address=address,
        regulation=edition.regulation,
        in_force=edition.in_force,
        as_of=as_of,
        stars=stars_of(file, terms, address),
        findings=tuple(sorted(findings, key=lambda finding: finding.rule)),
        personal=_personal(file),
    )


def judge(file: DataFile, requirement: Requirement, most_places: int = MOST_PLACES) -> Finding:
    """Hold one rule against a file.

    Places are kept where a person has to look, too: they show where.
    """
    rule = rules.load()[requirement.rule]
    if rule.check is None:
        raise TypeError(f"{rule.code} is a question for a person")
    places: list[Place] = []
    count, ended = None, (Outcome.PASSED, "")
    try:
        for each in partial(rule.check, **requirement.params)(file):
            if isinstance(each, Count):
                count = each
            else:
                places.append(each)
        ended = (Outcome.FAILED if places else Outcome.PASSED, "")
    except Inapplicable:
        ended = (Outcome.INAPPLICABLE, "")
    except CannotTell as doubt:
        ended = (Outcome.CANNOT_TELL, str(doubt))
    listed = _listed(places, most_places)
    return Finding(
        rule=rule.code,
        outcome=ended[0],
        evidence=file.sha256,
        places=tuple(listed),
        more=max(len(places), _all(rule, file, count)) - len(listed) if places else 0,
        count=count,
        note=ended[1],
    )


def _listed(places: list[Place], most: int) -> list[Place]:
    """Return at most so many places, of every kind of fault as many as of any other."""
    if len(places) <= most:
        return places
    kinds = Counter(place.note for place in places)
    taken: Counter[str] = Counter()
    share = max(1, most // len(kinds))
    listed = []
    for place in places:
        taken[place.note] += 1
        if taken[place.note] <= share:
            listed.append(place)
    return listed[:most]


def _all(rule: rules.Rule, file: DataFile, count: Count | None) -> int:
    """How many spots break the rule, those that the reader counted and did not keep included."""
    if breaks := rule.text.breaks:
        return broken_in(file, breaks.kinds)
    return count.of - count.good if count else 0


def _without_spots(file: DataFile) -> DataFile:
    tables = tuple(replace(each, troubles=_bare(each.troubles)) for each in file.tables)
    return replace(file, tables=tables, troubles=_bare(file.troubles))


def _bare(troubles: tuple[Trouble, ...]) -> tuple[Trouble, ...]:
    return tuple(replace(trouble, spots=()) for trouble in troubles)


def _personal(file: DataFile) -> dict[str, int]:
    """Kinds of personal data, the most frequent first."""
    found: dict[str, int] = {}
    for trouble in (*file.troubles, *(each for table in file.tables for each in table.troubles)):
        if is_personal(trouble):
            found[trouble.kind] = found.get(trouble.kind, 0) + trouble.count
    return dict(sorted(found.items(), key=lambda each: (-each[1], each[0])))
