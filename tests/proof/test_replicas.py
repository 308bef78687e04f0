"""The audit says of the six replicas what the experts said of their models, and nothing else."""

import csv

import pytest

from aiqyn.chain import Outcome
from tools.planting import proof
from tools.planting.draw import draw
from tools.planting.replicas import CODES, REPLICAS, replica

MOST_BYTES = 3_000_000  # of all replicas in the repository
FEWEST_PAGES = 25  # of one replica in one language


@pytest.fixture(scope="module", params=CODES)
def code(request):
    return request.param


@pytest.fixture(scope="module")
def found(code):
    return proof.findings(code)


def test_audit_finds_every_planted_defect_and_nothing_else(code, found):
    failed = {rule for rule, finding in found.items() if finding.outcome is Outcome.FAILED}

    assert failed == proof.expected(code).failing()


def test_strengths_the_experts_name_are_not_denied(code, found):
    outcomes = {rule: found[rule].outcome for rule in proof.expected(code).passing()}

    denied = {
        rule
        for rule, outcome in outcomes.items()
        if outcome not in (Outcome.PASSED, Outcome.INAPPLICABLE)
    }

    assert denied == set()


def test_every_remark_has_a_rule_or_a_question_to_a_person(code, found):
    remarks = proof.expected(code).remarks

    unheard = [each.remark for each in remarks if not each.rules and not each.person]
    unasked = [each.person for each in remarks if each.person and each.person not in ASKED]

    assert (unheard, unasked) == ([], [])


def test_every_minus_says_what_was_planted(code):
    remarks = proof.expected(code).remarks

    assert [each.remark for each in remarks if each.sign == "-" and not each.planted] == []


def test_remarks_are_those_of_the_table(code):
    with (REPLICAS / "table2.csv").open(encoding="utf-8", newline="") as lines:
        table = [row for row in csv.DictReader(lines) if row["site"] == code]

    said = [(each.sign, each.aspect, each.remark) for each in proof.expected(code).remarks]

    assert said == [(row["sign"], row["aspect"], row["remark"]) for row in table]


def test_replica_is_as_large_as_a_small_official_site(code):
    site = replica(code)

    assert min(len(site.in_language(language)) for language in site.languages) >= FEWEST_PAGES


def test_replica_is_always_the_same(code):
    once, again = draw(replica(code)), draw(replica(code))

    assert {path: content for path, (_, content) in once.pages.items()} == {
        path: content for path, (_, content) in again.pages.items()
    }


def test_replicas_take_little_room_in_the_repository():
    size = sum(path.stat().st_size for path in REPLICAS.rglob("*") if path.is_file())

    assert size < MOST_BYTES


def test_the_page_of_proof_is_up_to_date():
    assert proof.PAGE.read_text("utf-8") == proof.page()


ASKED = frozenset(rule for rule in proof.rules.load() if proof.rules.load()[rule].kind == "person")
