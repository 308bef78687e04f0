"""Every rule's own cases are its tests; nothing to add here for a new rule."""

import inspect
from functools import cache

import pytest

from aiqyn import rules
from aiqyn.chain import FAILURES, NO_TLS, Outcome
from aiqyn.regulations import editions, regulations
from aiqyn.rules import of_addresses, of_sections
from aiqyn.subjects.axe import GROUPED
from aiqyn.text import missing

RULES = list(rules.load().values())
CHECKED = [rule for rule in RULES if rule.check]
CASES = [
    pytest.param(rule, case, id=f"{rule.code}-{case.named('en')[0]}")
    for rule in CHECKED
    for case in rule.text.cases
]


def code(rule):
    return rule.code


def source_of(rule):
    return inspect.getsource(inspect.getmodule(rule.check))


def shared_source_of(rule):
    """What the rule hands its work to: its notes come from there too."""
    shared = (of_sections, of_addresses)
    named = [each for each in shared if each.__name__.rpartition(".")[2] in source_of(rule)]
    return "".join(map(inspect.getsource, named))


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_rule_case_ends_as_written(rule, case, run_case):
    finding = run_case(rule, case)

    notes = {finding.note} | {place.note for place in finding.places}
    assert finding.outcome == case.expect
    assert case.places in (None, len(finding.places))
    assert not case.note or case.note in notes
    assert notes - {""} <= rule.text.notes.keys()


def test_rules_show_a_pass_and_a_failure():
    lacking = {}
    for rule in CHECKED:
        asks = rule.text.breaks and rule.text.breaks.asks
        broken = Outcome.CANNOT_TELL if asks else Outcome.FAILED
        lacking[rule.code] = {Outcome.PASSED, broken} - ends_of(rule)

    assert none_but(lacking) == {}


def test_rules_show_a_case_that_is_neither():
    neither = {Outcome.INAPPLICABLE, Outcome.CANNOT_TELL}

    decided = {rule.code for rule in CHECKED if not ends_of(rule) & neither}

    assert decided <= ALWAYS_DECIDED


def ends_of(rule):
    return {case.expect for case in rule.text.cases}


def none_but(found):
    """What is there, by the code of the rule."""
    return {code: what for code, what in found.items() if what}


# These speak of every page, file or passport there is, and never doubt.
ALWAYS_DECIDED = {
    "P001", "P003", "P005", "P007", "P009", "P041", "D002",
    "T001", "T002", "T003", "T006", "T023",
    "C004", "C005", "C006", "C008", "C009", "C010", "C013", "C015",
    "C016", "C018", "C019", "C020", "C033", "C034", "C035",
}  # fmt: skip


def phrases_of(text):
    """All that is written for people."""
    names = [case.name for case in text.cases if not isinstance(case.name, str)]
    return [text.title, text.why, text.fix, *text.notes.values(), *text.params.values(), *names]


def test_rules_speak_every_language():
    lacking = {
        rule.code: [each for phrase in phrases_of(rule.text) if (each := missing(phrase))]
        for rule in RULES
    }

    assert none_but(lacking) == {}


def test_rules_explain_every_parameter():
    differing = {rule.code: rule.text.params.keys() ^ rule.accepts().keys() for rule in CHECKED}

    assert none_but(differing) == {}


def test_rules_keep_no_note_that_their_check_never_gives():
    unused = {
        rule.code: [note for note in rule.text.notes if note not in given_by(rule)]
        for rule in CHECKED
    }

    assert none_but(unused) == {}


@cache
def given_by(rule):
    """What notes may come from: the source of the check and what it shares with others."""
    used = (
        source_of(rule)
        + shared_source_of(rule)
        + " ".join([*FAILURES, *NO_TLS])
        + " no_flag no_emblem no_postal no_telephone no_email"
    )
    used += " ".join([*rules.rendered_notes(), *GROUPED]) if rule.kind == "rendered" else ""
    used += " ".join(rules.wall_notes()) if rule.kind == "site" else ""
    used += " ".join([*rules.table_notes(), *rule.text.breaks.kinds]) if rule.text.breaks else ""
    return used + (rule.text.breaks.asks if rule.text.breaks else "")


def test_every_rule_is_asked_for_by_an_edition():
    asked = {
        requirement.rule
        for regulation in regulations()
        for edition in editions(regulation)
        for requirement in edition.requires
    }

    assert asked == rules.load().keys()


def test_every_rule_fits_on_a_screen_or_two():
    long = [rule.code for rule in CHECKED if source_of(rule).count("\n") > 120]

    assert long == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.check], ids=code)
def test_rule_for_a_person_asks_a_question(rule):
    assert (rule.kind, "question" in rule.text.notes) == ("person", True)
    assert rule.text.answer in ("yes_no", "partly", "count")
