"""Verdicts of one rule: an address that was judged anew has the last one alone."""

from datetime import date

import pytest
from msgspec.structs import replace

from aiqyn.audit import Reader
from aiqyn.audit.ledger import MOST_PLACES, Ledger
from aiqyn.chain import Count, Outcome, Place
from aiqyn.regulations import Requirement
from aiqyn.rules import CannotTell
from aiqyn.subjects.rendering import Rendering
from tests.aiqyn.worked import ORIGIN, PHRASE, edition_of, evidence_of

EDITION = edition_of(Requirement(clause=PHRASE, rule="P001"))
GOOD, BAD = "<title>Басты бет</title><p>x".encode(), b"<p>x"
HOME = f"{ORIGIN}/"


def test_page_met_by_a_redirect_first_counts_as_it_is_under_its_own_address():
    reader = Reader(EDITION, as_of=date(2026, 11, 20))
    moved = replace(evidence_of(f"{ORIGIN}/old", BAD), final_url=HOME)
    reader.read(moved, BAD)
    reader.read(evidence_of(HOME, GOOD), GOOD)
    pages = [f"{ORIGIN}/{number}" for number in range(4 * MOST_PLACES)]
    for url in pages:  # enough for places to be forgotten
        reader.read(evidence_of(url, BAD), BAD)

    (finding,) = reader.findings("page", sorted([HOME, *pages]), "")

    assert finding.count == Count(good=1, of=1 + len(pages))
    assert len(finding.places) == MOST_PLACES
    assert HOME not in {place.address for place in finding.places}


def ledger_of(outcomes):
    """A ledger of a rule that ends as told by address, with places as many as told."""

    def check(subject):
        kind, count = outcomes[subject.address]
        yield from (Place(where=f"p:nth-child({number})") for number in range(count))
        if kind != "fault":
            raise CannotTell("look" if kind == "doubt" else kind)

    return Ledger(Requirement(clause=PHRASE, rule="P001"), check)


def judged(ledger, addresses):
    for address in addresses:
        ledger.judge(Rendering(b'{"page":"","sha256":""}', evidence_of(address, b"")))
    return ledger


def test_doubt_shows_where_and_the_whole_of_what_has_no_place_of_its_own():
    outcomes = {"a": ("doubt", 2), "b": ("doubt", 0), "c": ("doubt", 200)}
    ledger = judged(ledger_of(outcomes), outcomes)

    finding = ledger.finding(["a", "b", "c"], 0, "")

    assert (finding.outcome, finding.note) == (Outcome.CANNOT_TELL, "look")
    assert [(each.address, each.where) for each in finding.places[:4]] == [
        ("a", "p:nth-child(0)"),
        ("a", "p:nth-child(1)"),
        ("b", ""),
        ("c", "p:nth-child(0)"),
    ]
    assert (len(finding.places), finding.more) == (MOST_PLACES, 103)
    assert not ledger.is_broken


@pytest.mark.parametrize("is_split", [False, True])
def test_doubts_and_faults_hide_nothing_of_each_other_however_many_they_are(is_split):
    pages = [f"{number:04}" for number in range(6 * MOST_PLACES)]
    doubts = dict.fromkeys(pages, ("doubt", 1))
    faults = {f"9{page}": ("fault", 1) for page in pages}
    outcomes = doubts | faults
    order = sorted(outcomes, key=lambda each: each[::-1])
    ledger = judged(ledger_of(outcomes), order[::2] if is_split else order)
    if is_split:
        ledger.absorb(judged(ledger_of(outcomes), order[1::2]).verdicts)

    broken = ledger.finding(sorted(outcomes), 0, "")
    open_ = ledger.finding(pages, 0, "")

    assert (broken.outcome, open_.outcome) == (Outcome.FAILED, Outcome.CANNOT_TELL)
    assert [each.address for each in broken.places] == sorted(faults)[:MOST_PLACES]
    assert [each.address for each in open_.places] == pages[:MOST_PLACES]
    assert (broken.more, open_.more) == (5 * MOST_PLACES,) * 2
    assert sum(bool(each.places) for each in ledger.verdicts.values()) <= 10 * MOST_PLACES


def test_places_of_a_doubt_are_the_same_in_any_order_beside_another_doubt():
    pages = [f"{number:04}" for number in range(8 * MOST_PLACES)]
    seldom = 3 * MOST_PLACES
    outcomes = {page: ("seldom" if page < pages[seldom] else "doubt", 1) for page in pages}
    half = judged(ledger_of(outcomes), pages[::2])
    half.absorb(judged(ledger_of(outcomes), pages[1::2]).verdicts)

    found = [
        ledger.finding(pages, 0, "")
        for ledger in (
            judged(ledger_of(outcomes), pages),
            judged(ledger_of(outcomes), reversed(pages)),
            half,
        )
    ]

    assert [each.address for each in found[0].places] == pages[seldom : seldom + MOST_PLACES]
    assert found[0] == found[1] == found[2]
